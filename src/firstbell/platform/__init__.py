"""The ground under every room: who is asking, what they may see, and a record of what was done.

Nobody reads a row without a viewer. ``access`` holds the policy as one table (role, data class,
relation) and answers what a viewer may do; ``audit`` chains every write, sensitive read and export
so that tampering shows; ``accounts`` signs people in; ``ui`` draws what the rooms have to say.
"""
