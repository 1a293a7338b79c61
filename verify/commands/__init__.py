"""The commands of the command line, one file a family. They load the libraries they need when they run."""
