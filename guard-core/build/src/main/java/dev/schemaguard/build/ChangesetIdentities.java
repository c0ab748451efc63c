// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ConfigurationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.filter.ChangeSetFilter;

/**
 * Checks changesets whose path, id and author are equal or nearly equal, as Liquibase treats them.
 */
record ChangesetIdentities(List<ChangeSet> changeSets) {

  /**
   * Refuses two changesets with the same identity that a single run would apply, as Liquibase does
   * ({@code ValidatingVisitor}). They are allowed if no database and no context runs both.
   *
   * @param filters the contexts and labels of production
   */
  void requireEachOnce(List<ChangeSetFilter> filters) {
    Map<String, List<ChangeSet>> seen = new HashMap<>();
    for (ChangeSet changeSet : changeSets) {
      if (filters.stream().allMatch(filter -> filter.accepts(changeSet).isAccepted())) {
        List<ChangeSet> same =
            seen.computeIfAbsent(changeSet.toString(false), name -> new ArrayList<>());
        if (same.stream().anyMatch(other -> shareProduct(changeSet, other))) {
          throw new ConfigurationException(
              changeSet.getFilePath(),
              "two changesets are '"
                  + LiquibaseChangeset.key(changeSet)
                  + "', and Liquibase refuses to run such a changelog",
              "Give one of them another id. If one file is included twice, include it once.");
        }
        same.add(changeSet);
      }
    }
  }

  /**
   * Liquibase ignores letter case when it compares changesets that have already run ({@code
   * RanChangeSet}).
   */
  List<String> warnings() {
    Map<String, String> seen = new HashMap<>();
    List<String> warnings = new ArrayList<>();
    for (ChangeSet changeSet : changeSets) {
      String name = LiquibaseChangeset.key(changeSet).toString();
      String first = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
      if (first != null && !first.equals(name)) {
        warnings.add(
            name
                + " differs from "
                + first
                + " in letter case only: once Liquibase has run one of them, it never runs the"
                + " other. Give it another id.");
      }
    }
    return warnings;
  }

  private static boolean shareProduct(ChangeSet one, ChangeSet other) {
    return !LiquibaseChangeset.products(one).and(LiquibaseChangeset.products(other)).isEmpty();
  }
}
