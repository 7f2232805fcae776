"""What is learned from labelled reports: how a text is read, the model and its file, where labels come from."""
