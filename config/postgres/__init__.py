"""The embedded PostgreSQL: started, found again and stopped by LAPOR itself, on a Unix socket only."""

from config.postgres.cluster import PostgresError
from config.postgres.server import Server, answers, dsn, running, start, stop
from config.postgres.socket import socket_folder

__all__ = ["PostgresError", "Server", "answers", "dsn", "running", "socket_folder", "start", "stop"]
