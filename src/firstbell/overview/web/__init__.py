"""The first page of everybody: the bridge for those who look after the district, a way on for the others."""
