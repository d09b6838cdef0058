"""Webhooks: partners' servers are told of every change of a published document (Standard Webhooks 1.0).

`outbox` writes what is to be sent in the transaction of the change, `queue` hands it out, `sending` sends it.
"""
