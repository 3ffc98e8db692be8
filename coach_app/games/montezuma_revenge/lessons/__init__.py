"""What a coach of Montezuma's Revenge is taught."""
