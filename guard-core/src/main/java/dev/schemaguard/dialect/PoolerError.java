// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import java.sql.SQLException;
import java.util.regex.Pattern;

/**
 * The errors of PgBouncer. It reports all of them with the state of a protocol violation, so only
 * its messages, which exist in English alone, say what they mean ({@code disconnect_client} and
 * {@code disconnect_server} in {@code client.c}, {@code janitor.c}, {@code objects.c} and {@code
 * server.c}).
 */
enum PoolerError {
  PARAMETER(Refusal.PARAMETER, "unsupported startup parameter", "unsupported options startup"),
  TRANSACTION(Refusal.NO_TRANSACTIONS, "transaction blocks not allowed"),
  FULL(
      Refusal.CONNECTIONS,
      "query_wait_timeout",
      "no more connections allowed",
      "client connections exceeded"),
  LIMIT(
      Refusal.LIMIT,
      "query_timeout",
      "query timeout",
      "transaction timeout",
      "client_idle_timeout"),
  SHUTDOWN(Refusal.STARTING, "shutting down", "suspend_timeout"),
  SERVER(
      Refusal.BEHIND_POOLER,
      "server login has been failing",
      "server down",
      "login failed",
      "connect failed",
      "connect timeout",
      "cannot connect",
      "server DNS lookup failed",
      "server conn crashed",
      "server connection closed",
      "server refused SSL",
      "TLS startup failed"),
  DATABASE(Refusal.DATABASE, "no such database"),
  LOGIN(Refusal.LOGIN, "no such user", "authentication failed", "login rejected", "SSL required");

  private final Refusal refusal;
  private final Pattern texts;

  PoolerError(Refusal refusal, String... texts) {
    this.refusal = refusal;
    this.texts = Pattern.compile(String.join("|", texts));
  }

  /**
   * Returns what a protocol violation means that the other end has reported; {@link Refusal#OTHER}
   * if it is not one of these.
   */
  static Refusal refusal(SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    for (PoolerError error : values()) {
      if (error.texts.matcher(message).find()) {
        return error.refusal;
      }
    }
    return Refusal.OTHER;
  }
}
