"""What the files of a content bundle may say, for the apps that declare how their types stand in one."""
