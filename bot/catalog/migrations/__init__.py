"""The schema's history, one `NNN-name.sql` a step. A migration that is on main is never edited."""
