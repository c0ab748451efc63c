// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liquibase.ChecksumVersion;
import liquibase.change.CheckSum;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.filter.ChangeSetFilter;
import liquibase.changelog.filter.IgnoreChangeSetFilter;

/** The checksums that Liquibase computes for changesets. */
record LiquibaseChecksums(List<ChangeSet> changeSets) {

  private static final Pattern CHECKSUM = Pattern.compile("^(\\d{1,6}):");

  /** Refuses checksums of a newer Liquibase version, because only that version can compute them. */
  static void requireKnownVersions(LiquibaseSettings settings, Collection<String> checksums) {
    int newest = ChecksumVersion.latest().getVersion();
    for (String checksum : checksums) {
      Matcher version = CHECKSUM.matcher(checksum);
      if (version.find() && Integer.parseInt(version.group(1)) > newest) {
        throw new LiquibaseFailure(settings).newer("the checksum " + checksum);
      }
    }
  }

  /**
   * Returns the names of changesets for which no changeset with that name has the recorded
   * checksum.
   */
  List<String> edited(Map<String, String> checksums) {
    Map<String, Boolean> valid = new LinkedHashMap<>();
    for (ChangeSet changeSet : changeSets) {
      String name = LiquibaseChangeset.revision(changeSet, true).name();
      String recorded = checksums.get(name);
      if (recorded != null) {
        List<String> each = List.of(recorded.split(","));
        boolean known = each.stream().anyMatch(one -> isAsApplied(changeSet, one));
        // A database records only the changeset of that name that it has run; a file contains
        // all of them.
        valid.merge(name, known, each.size() == 1 ? Boolean::logicalOr : Boolean::logicalAnd);
      }
    }
    return valid.keySet().stream().filter(name -> Boolean.FALSE.equals(valid.get(name))).toList();
  }

  /** Returns the checksum of each changeset that must not change, with its name. */
  List<Map.Entry<String, String>> all() {
    ChangeSetFilter ignored = new IgnoreChangeSetFilter();
    return changeSets.stream()
        .filter(changeSet -> ignored.accepts(changeSet).isAccepted())
        .filter(changeSet -> !mayChange(changeSet))
        .map(
            changeSet ->
                Map.entry(
                    LiquibaseChangeset.revision(changeSet, true).name(),
                    changeSet.generateCheckSum(ChecksumVersion.latest()).toString()))
        .toList();
  }

  private static boolean isAsApplied(ChangeSet changeSet, String checksum) {
    return mayChange(changeSet) || changeSet.isCheckSumValid(CheckSum.parse(checksum));
  }

  private static boolean mayChange(ChangeSet changeSet) {
    return changeSet.shouldAlwaysRun() || changeSet.shouldRunOnChange();
  }
}
