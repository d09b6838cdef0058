"""System checks of what an app may forget to declare; it would fail readers later."""
