"""Pages: how one is found at an address, the trees and menus that it belongs to, and views that are no page."""
