"""The lessons of the Grid world: scenes, pictures with labels, questions and answers."""
