// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.connections;

import dev.schemaguard.status.JsonObject;
import dev.schemaguard.text.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The versions that are connected to a database now, by the {@linkplain ConnectionTag tags} on its
 * connections. An instance that holds no connection at this moment is not seen. Immutable.
 *
 * @param visibility how much could be seen
 * @param instances the tagged connections, by application and version
 * @param untagged how many untagged connections were seen, not including the connection that was
 *     used to look
 * @param unattributed how many of the untagged connections may be an application's: those of roles
 *     that also have tagged connections; all of them if no connection is tagged
 * @param notSeen what could not be seen and what to do about it; null exactly if everything was
 *     seen
 */
public record ConnectedVersions(
    Visibility visibility,
    List<Instances> instances,
    int untagged,
    int unattributed,
    @Nullable String notSeen) {

  /** The part of the connections to a database that could be seen. */
  public enum Visibility {
    /** All of them. */
    FULL("whole"),
    /**
     * Those of the session's own role only, or those of a pooler, so that versions that were not
     * seen may be running.
     */
    PARTIAL("part"),
    /** None. */
    NONE("none");

    private final String word;

    Visibility(String word) {
      this.word = word;
    }
  }

  /** One version of an application, with the number of connections it holds. */
  public record Instances(ConnectionTag tag, int connections) {}

  /** Copies the list, and makes the text {@linkplain VisibleText visible}. */
  public ConnectedVersions {
    instances = List.copyOf(instances);
    notSeen = VisibleText.ofNullable(notSeen);
  }

  /** Returns a result in which no connection could be seen. */
  public static ConnectedVersions unseen(String why) {
    return new ConnectedVersions(Visibility.NONE, List.of(), 0, 0, why);
  }

  /** Returns whether all connections could be seen. */
  public boolean isKnown() {
    return visibility == Visibility.FULL;
  }

  /** Returns the instances of the application with this name. */
  public List<Instances> of(String application) {
    List<Instances> own = new ArrayList<>();
    for (Instances each : instances) {
      if (each.tag().isOf(application)) {
        own.add(each);
      }
    }
    return own;
  }

  /** Returns the connected versions as JSON. A number that was not counted is null. */
  public String toJson() {
    List<Consumer<JsonObject>> all = new ArrayList<>();
    for (Instances each : instances) {
      all.add(
          json ->
              json.put("application", each.tag().application())
                  .put("version", each.tag().version())
                  .put("connections", each.connections()));
    }
    JsonObject json = new JsonObject().put("seen", visibility.word);
    if (visibility == Visibility.NONE) {
      json.put("instances", (String) null).put("unmarked_connections", (String) null);
    } else {
      json.putObjects("instances", all).put("unmarked_connections", untagged);
    }
    return json.put("not_seen", notSeen).toString();
  }
}
