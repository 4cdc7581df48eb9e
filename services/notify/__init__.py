"""notify (告知): public notices with objections, and messages to those concerned."""
