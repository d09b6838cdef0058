"""The format of the files of a content bundle, for the apps that declare how their types are stored in one."""
