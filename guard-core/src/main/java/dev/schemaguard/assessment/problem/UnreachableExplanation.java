// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.problem;

import dev.schemaguard.assessment.ConnectionFailure;

/**
 * Explains why a database could not be queried. If the server answered, host and port are right.
 */
final class UnreachableExplanation {

  private static final String WAIT =
      "wait for it: the setting wait-timeout, or the command wait, asks until it answers";

  private UnreachableExplanation() {}

  static Explanation of(ConnectionFailure failure) {
    String why = failure.message();
    return switch (failure.kind()) {
      case NO_CONNECTION ->
          new Explanation(
              "GUARD-UNREACHABLE",
              "The database cannot be reached",
              why,
              "check that the database runs, and that host, port and name in the URL are right as"
                  + " seen from this machine",
              WAIT);
      case STARTING ->
          new Explanation(
              "GUARD-UNREACHABLE", "The database is starting up or shutting down", why, WAIT);
      case BEHIND_POOLER ->
          new Explanation(
              "GUARD-UNREACHABLE",
              "The pooler cannot connect to the database",
              why,
              "check that the server behind the pooler runs and lets the pooler log in; the pooler's"
                  + " log says why it does not",
              WAIT);
      case HOST_ROLE ->
          new Explanation(
              "GUARD-UNREACHABLE",
              "No host in the URL has the role that it asks for",
              why,
              WAIT,
              "if no failover is in progress, add the missing host to the URL, or change the role"
                  + " that it asks for (targetServerType)");
      case LOGIN ->
          new Explanation(
              "GUARD-UNREACHABLE-LOGIN",
              "The database refuses the login",
              why,
              "check user and password, and the database's rules for logins from this host (on"
                  + " PostgreSQL pg_hba.conf, and whether TLS is demanded; on MySQL without TLS,"
                  + " allowPublicKeyRetrieval=true in the URL)");
      case DATABASE ->
          new Explanation(
              "GUARD-UNREACHABLE-DATABASE",
              "The server has no such database",
              why,
              "correct the database's name in the URL, or create the database");
      case CONNECTIONS ->
          new Explanation(
              "GUARD-UNREACHABLE-CONNECTIONS",
              "No connection is left",
              why,
              "end connections that are not needed, or raise the limit of the server, the role or"
                  + " the pool",
              WAIT);
      case PARAMETER ->
          new Explanation(
              "GUARD-UNREACHABLE-REFUSED",
              "The server refuses a parameter of the connection",
              why,
              "remove the parameter that the message names from the URL; name the schema with the"
                  + " setting schema, or --schema, instead of currentSchema or options",
              "if the URL does not contain it, the driver sends it: let the pooler accept it, in"
                  + " PgBouncer by ignore_startup_parameters");
      case NO_TRANSACTIONS ->
          new Explanation(
              "GUARD-UNREACHABLE-REFUSED",
              "The pooler allows no transactions",
              why,
              "connect to the server itself, or let the pooler keep transactions together, in"
                  + " PgBouncer by pool_mode = transaction for this database",
              "if the connection pool of the application has auto-commit off, switch it on");
      case REFUSED ->
          new Explanation(
              "GUARD-UNREACHABLE-REFUSED",
              "The server refuses the connection",
              why,
              "look up the message in the documentation and the log of the database, or of the"
                  + " pooler in front of it: it was reached, and refused");
      case LOCKED ->
          new Explanation(
              "GUARD-UNREACHABLE-FILE",
              "Another process has locked the database's file",
              why,
              "end the other process or wait for it; to use one file from several processes, run the"
                  + " database as a server");
      case VERSION ->
          new Explanation(
              "GUARD-UNREACHABLE-FILE",
              "The database's file is of another version",
              why,
              "use the driver version that wrote the file, or migrate the file to this one as the"
                  + " database's documentation says");
      case FILE ->
          new Explanation(
              "GUARD-UNREACHABLE-FILE",
              "The database's file cannot be opened",
              why,
              "check the file's path, and that this user may read the file; SQLite also needs to"
                  + " write in its folder if the database is in WAL mode");
      case DATA_SOURCE ->
          new Explanation(
              "GUARD-UNREACHABLE-DATASOURCE",
              "The DataSource failed, and the database was not asked",
              why,
              "if the DataSource chooses a database by a key, such as the current tenant, guard the"
                  + " DataSource of each database instead",
              "give that DataSource a default target, which it uses as long as no key is set",
              "if it needs no key, correct what the message names: the DataSource or its driver"
                  + " failed in its own code, without an answer of a database");
      case TIMEOUT ->
          new Explanation(
              "GUARD-UNREACHABLE-TIMEOUT",
              "The database gave no answer in time",
              why,
              "look for a migration that holds the history table locked, an exhausted pool, or a"
                  + " network that drops packets",
              "raise the timeout, if this database is that slow");
      case LIMIT ->
          new Explanation(
              "GUARD-UNREACHABLE-TIMEOUT",
              "A time limit of the server or the pooler ended the connection",
              why,
              "look for a migration that holds the history table locked, or raise the limit that the"
                  + " message names",
              "if the connection was idle, let the connection pool test connections before it lends"
                  + " them, or end them earlier than that limit");
      case CANCELLED ->
          new Explanation(
              "GUARD-UNREACHABLE-TIMEOUT",
              "The database cancelled the read",
              why,
              "check again: another statement needed the table, on a standby the replay of a change",
              "if it happens often on a standby, ask the primary server, or raise"
                  + " max_standby_streaming_delay on the standby");
      case INITIALIZER ->
          new Explanation(
              "GUARD-UNREACHABLE-TIMEOUT",
              "The check and its caller wait for each other",
              why,
              "call enforce() or check() from main or a start-up method, not from a static"
                  + " initializer of a class that the DataSource needs");
      case LOCK ->
          new Explanation(
              "GUARD-UNREACHABLE-TIMEOUT",
              "The connection waits for a lock in this process",
              why,
              "find the thread that holds this lock in a thread dump (jstack PID); if it is the one"
                  + " that calls enforce() or check(), make that call without the lock");
      case INTERRUPTED ->
          new Explanation(
              "GUARD-UNREACHABLE-INTERRUPTED",
              "The check was interrupted",
              why,
              "start again: the check ended before the database answered");
    };
  }
}
