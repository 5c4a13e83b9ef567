"""Rules of the people room: names, enrolment spans, references. Values in, values out."""
