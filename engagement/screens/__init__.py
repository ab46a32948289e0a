"""Streamlit screens, one file for each job."""
