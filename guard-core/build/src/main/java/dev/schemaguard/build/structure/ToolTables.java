// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.structure;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.Tool;
import dev.schemaguard.structure.Table;
import dev.schemaguard.structure.TableName;
import dev.schemaguard.tool.MigrationTool;
import dev.schemaguard.tool.Tools;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Recognizes the tables that migration tools create for themselves: the history in use and what its
 * tool keeps beside it, by the names that the settings give, and those of every known tool by their
 * default names.
 */
final class ToolTables {

  private final HistoryPlace history;
  private final Set<String> besideHistory;
  private final Set<String> besideAny = new HashSet<>();
  private final List<MigrationTool> tools = new ArrayList<>();
  private final List<String> defaultNames = new ArrayList<>();

  ToolTables(DatabaseSession session, HistoryPlace history, HistoryLocation location)
      throws SQLException {
    this.history = history;
    this.besideHistory =
        Tools.named(history.tool())
            .map(tool -> lowerCase(tool.tablesBesideHistory(location)))
            .orElse(Set.of());
    for (Tool each : Tool.values()) {
      Optional<MigrationTool> known = Tools.named(each.toString());
      if (known.isPresent()) {
        tools.add(known.get());
        defaultNames.add(known.get().table(session, null));
        besideAny.addAll(lowerCase(known.get().tablesBesideHistory(HistoryLocation.DEFAULT)));
      }
    }
  }

  /**
   * Returns whether a table belongs to a tool.
   *
   * @param table with a name that has no schema if it is that of the history
   */
  boolean contains(Table table) {
    TableName name = table.name();
    String lower = name.name().toLowerCase(Locale.ROOT);
    boolean own =
        name.schema() == null
            && (name.name().equals(history.table()) || besideHistory.contains(lower));
    return own || besideAny.contains(lower) || isHistoryOfAny(table);
  }

  private boolean isHistoryOfAny(Table table) {
    String name = table.name().name();
    for (int i = 0; i < tools.size(); i++) {
      if (name.equalsIgnoreCase(defaultNames.get(i))
          && tools.get(i).fits(name, lowerCase(table.columns().keySet()))) {
        return true;
      }
    }
    return false;
  }

  private static Set<String> lowerCase(Collection<String> names) {
    Set<String> lower = new HashSet<>();
    for (String name : names) {
      lower.add(name.toLowerCase(Locale.ROOT));
    }
    return lower;
  }
}
