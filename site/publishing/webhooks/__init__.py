"""Webhooks: partners' servers are notified of every change of a published document (Standard Webhooks 1.0).

`outbox` writes messages in the transaction of the change, `queue` hands them out, `sending` sends them.
"""
