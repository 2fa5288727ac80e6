"""What the person says to musicrec, understood and answered."""
