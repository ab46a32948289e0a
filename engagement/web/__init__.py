"""Routes beside Streamlit: sign-in, the live board, health."""
