"""What Meta's channels share: one app at Meta serves many pages and accounts, and all of them tell alike.

No channel itself: `facebook` and `instagram` are, each with an `Account` that says where they differ.
"""
