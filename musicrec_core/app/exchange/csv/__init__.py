"""Tables of tracks and ratings in CSV, in the columns of the public SageMaker music example."""
