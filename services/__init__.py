"""The deeds, one function each: a connection and facts in, a typed result out.

Chat, pages, command line, sandbox and tests call these and nothing else.
"""
