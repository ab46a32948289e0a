"""Plan: priorities, actions and referrals."""
