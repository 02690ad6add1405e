"""Rules about terms as the project's glossary has them (GL)."""
