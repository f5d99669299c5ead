"""A payment gateway that moves no money: for trying out, and for tests of everything that gateways do to their customers.

It behaves like the real ones: a hosted page, signed webhooks that come twice, late or not at all, a session that can be asked for,
refunds, and, where its connection is set so, no answer at all.
"""
