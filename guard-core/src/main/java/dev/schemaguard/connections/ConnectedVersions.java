// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.connections;

import dev.schemaguard.history.ReadSession;
import dev.schemaguard.matrix.VisibleText;
import dev.schemaguard.status.JsonObject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is connected to a database now, by the {@linkplain ConnectionTag marks} of its connections.
 * An instance that holds no connection at this moment is not seen. Immutable.
 *
 * @param sight how much could be seen
 * @param instances the marked connections, by application and version
 * @param unmarked how many other connections were seen; the one that asked is none of them
 * @param notSeen what could not be seen and what to do about it; null exactly if all was seen
 */
public record ConnectedVersions(
    Visibility sight, List<Instances> instances, int unmarked, @Nullable String notSeen) {

  /** How much of the connections to a database could be seen. */
  public enum Visibility {
    /** All of them. */
    FULL,
    /** Those of the asking role alone, so that what is missing may be running. */
    PARTIAL,
    /** None. */
    NONE
  }

  /** One version of an application, by how many connections it holds. */
  public record Instances(ConnectionTag mark, int connections) {}

  /** Copies the list, and makes the text {@linkplain VisibleText visible}. */
  public ConnectedVersions {
    instances = List.copyOf(instances);
    notSeen = VisibleText.ofNullable(notSeen);
  }

  /**
   * The fleet of the session's current database, by one SELECT, or two where a right is missing.
   *
   * @throws SQLException if the connection is gone; what the database refuses is not seen
   */
  public static ConnectedVersions read(ReadSession session) throws SQLException {
    return switch (session.dbms()) {
      case "postgresql", "edb" -> PostgresConnections.read(session);
      case "mariadb", "mysql" -> MariaDbConnections.read(session);
      default -> unseen("connections cannot be told apart on " + session.dbms());
    };
  }

  /** A fleet that cannot be seen at all. */
  public static ConnectedVersions unseen(String why) {
    return new ConnectedVersions(Visibility.NONE, List.of(), 0, why);
  }

  /** Whether all connections could be seen. */
  public boolean isKnown() {
    return sight == Visibility.FULL;
  }

  /** The instances of the application with this name. */
  public List<Instances> of(String application) {
    List<Instances> own = new ArrayList<>();
    for (Instances each : instances) {
      if (each.mark().isOf(application)) {
        own.add(each);
      }
    }
    return own;
  }

  /** The fleet as JSON; what was not counted is null. */
  public String toJson() {
    List<Consumer<JsonObject>> all = new ArrayList<>();
    for (Instances each : instances) {
      all.add(
          json ->
              json.put("application", each.mark().application())
                  .put("version", each.mark().version())
                  .put("connections", each.connections()));
    }
    JsonObject json = new JsonObject().put("seen", sight.name().toLowerCase(Locale.ROOT));
    if (sight == Visibility.NONE) {
      json.put("instances", (String) null).put("unmarked_connections", (String) null);
    } else {
      json.putObjects("instances", all).put("unmarked_connections", unmarked);
    }
    return json.put("not_seen", notSeen).toString();
  }
}
