// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.connections.ConnectedVersions;
import dev.schemaguard.connections.ConnectionTag;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts connections by their tags. Used by one thread. */
final class ConnectionCount {

  private final Map<ConnectionTag, Integer> marked = new TreeMap<>();
  private final Map<String, Integer> untagged = new HashMap<>();
  private final Set<String> taggedRoles = new HashSet<>();
  private boolean hasAsker;

  /**
   * Adds a row that contains a tag or null, whether the connection is the session's own, and its
   * role.
   */
  void add(ResultSet row) throws SQLException {
    String name = row.getString(1);
    boolean asker = row.getBoolean(2);
    hasAsker |= asker;
    ConnectionTag tag = name == null ? null : ConnectionTag.parse(name).orElse(null);
    if (tag != null) {
      marked.merge(tag, 1, Integer::sum);
      taggedRoles.add(String.valueOf(row.getString(3)));
    } else if (!asker) {
      // If the session's own connection is untagged, it is the command line's; if it is tagged, it
      // belongs to the application's own pool.
      untagged.merge(String.valueOf(row.getString(3)), 1, Integer::sum);
    }
  }

  /**
   * Returns whether the session's own connection was among them. It is, if any connection can be
   * seen.
   */
  boolean hasAsker() {
    return hasAsker;
  }

  ConnectedVersions versions(ConnectedVersions.Visibility visibility, @Nullable String notSeen) {
    List<ConnectedVersions.Instances> instances = new ArrayList<>(marked.size());
    for (Map.Entry<ConnectionTag, Integer> each : marked.entrySet()) {
      instances.add(new ConnectedVersions.Instances(each.getKey(), each.getValue()));
    }
    int all = 0;
    int unattributed = 0;
    for (Map.Entry<String, Integer> each : untagged.entrySet()) {
      all += each.getValue();
      unattributed +=
          taggedRoles.isEmpty() || taggedRoles.contains(each.getKey()) ? each.getValue() : 0;
    }
    return new ConnectedVersions(visibility, instances, all, unattributed, notSeen);
  }
}
