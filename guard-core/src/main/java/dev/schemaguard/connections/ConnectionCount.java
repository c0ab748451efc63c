// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.connections;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Connections as they are counted, by their marks. Used by one thread. */
final class ConnectionCount {

  private final Map<ConnectionTag, Integer> marked = new TreeMap<>();
  private int unmarked;
  private boolean hasAsker;

  /** Takes a row of a mark or null, and whether the connection is the one that asks. */
  void add(ResultSet row) throws SQLException {
    String name = row.getString(1);
    boolean asker = row.getBoolean(2);
    hasAsker |= asker;
    ConnectionTag mark = name == null ? null : ConnectionTag.parse(name).orElse(null);
    if (mark != null) {
      marked.merge(mark, 1, Integer::sum);
    } else if (!asker) {
      // The asker without a mark is the command line's; with one it is the application's own pool.
      unmarked++;
    }
  }

  /** Whether the connection that asks is among them, as it is wherever any can be seen. */
  boolean hasAsker() {
    return hasAsker;
  }

  ConnectedVersions fleet(ConnectedVersions.Visibility sight, @Nullable String notSeen) {
    List<ConnectedVersions.Instances> instances = new ArrayList<>(marked.size());
    for (Map.Entry<ConnectionTag, Integer> each : marked.entrySet()) {
      instances.add(new ConnectedVersions.Instances(each.getKey(), each.getValue()));
    }
    return new ConnectedVersions(sight, instances, unmarked, notSeen);
  }
}
