// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.build.impact.LiquibaseChanges;
import dev.schemaguard.build.impact.RevisionImpact;
import dev.schemaguard.build.impact.RevisionUndo;
import dev.schemaguard.matrix.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.filter.ChangeSetFilter;
import liquibase.changelog.filter.ContextChangeSetFilter;
import liquibase.changelog.filter.DbmsChangeSetFilter;
import liquibase.changelog.filter.IgnoreChangeSetFilter;
import liquibase.changelog.filter.LabelChangeSetFilter;
import liquibase.database.Database;

/**
 * Reads a changelog once with Liquibase. It is separate from {@link LiquibaseSources}, so that the
 * latter can be loaded without Liquibase.
 */
final class LiquibaseChangelog {

  private final LiquibaseSettings settings;
  private final LiquibaseParser parser;

  LiquibaseChangelog(LiquibaseSettings settings) {
    this.settings = settings;
    this.parser = new LiquibaseParser(settings);
  }

  /**
   * Returns the changesets as revisions. Their names do not depend on a database product, unless
   * one was named.
   */
  List<SourceRevision> read() {
    List<SourceRevision> revisions;
    try {
      revisions =
          parser.parsed(
              parsed -> {
                new ChangesetIdentities(parsed.changelog().getChangeSets())
                    .requireEachOnce(filters());
                return revisions(parsed.changelog());
              });
    } catch (ConfigurationException e) {
      // The only reason may be that a path lacks the value that the product gives it.
      refuseDependence();
      throw e;
    }
    refuseDependence();
    return revisions;
  }

  private void refuseDependence() {
    if (settings.dbms() == null) {
      parser
          .properties()
          .ifPresent(
              new ProductDependence(settings, other -> new LiquibaseChangelog(other).names())
                  ::refuse);
    }
  }

  private List<String> names() {
    return parser.parsed(
        parsed -> revisions(parsed.changelog()).stream().map(SourceRevision::name).toList());
  }

  /**
   * Returns warnings about what is allowed in the changelog and its filters, but may be unexpected.
   */
  List<String> warnings() {
    return parser.parsed(
        parsed -> {
          List<ChangeSet> changeSets = parsed.changelog().getChangeSets();
          List<String> warnings = new ArrayList<>(new FilterNames(settings, parsed).warnings());
          warnings.addAll(new ChangesetIdentities(changeSets).warnings());
          warnings.addAll(new YamlIds(changeSets).warnings());
          return warnings;
        });
  }

  /** Returns the effects of each changeset on older versions. */
  List<RevisionImpact> impacts() {
    return reading(
        parsed ->
            byName(
                parsed,
                (name, changeSet) -> RevisionImpact.of(name, LiquibaseChanges.of(changeSet)),
                RevisionImpact::and));
  }

  /** Returns how each changeset is undone. */
  List<RevisionUndo> undos() {
    return reading(parsed -> byName(parsed, LiquibaseChanges::undo, RevisionUndo::and));
  }

  /**
   * Returns the names of changesets for which no changeset with that name has the recorded
   * checksum.
   */
  List<String> edited(Map<String, String> checksums) {
    LiquibaseChecksums.requireKnownVersions(settings, checksums.values());
    return reading(parsed -> new LiquibaseChecksums(parsed.getChangeSets()).edited(checksums));
  }

  /** Returns the checksum of each changeset that must not change, with its name. */
  List<Map.Entry<String, String>> checksums() {
    return reading(parsed -> new LiquibaseChecksums(parsed.getChangeSets()).all());
  }

  /** Applying the filters has a side effect in Liquibase, without which checksums would differ. */
  private void removeForeignVisitors(DatabaseChangeLog parsed, Database database) {
    List<ChangeSetFilter> all = new ArrayList<>(List.of(new DbmsChangeSetFilter(database)));
    all.addAll(filters());
    for (ChangeSet changeSet : parsed.getChangeSets()) {
      all.forEach(filter -> filter.accepts(changeSet));
    }
  }

  /** Returns the filters for production's contexts and labels. */
  private List<ChangeSetFilter> filters() {
    return List.of(
        new ContextChangeSetFilter(parser.contexts()), new LabelChangeSetFilter(parser.labels()));
  }

  private <T> List<T> reading(Function<DatabaseChangeLog, List<T>> question) {
    return parser.parsed(
        parsed -> {
          if (parsed.database() != null) {
            removeForeignVisitors(parsed.changelog(), parsed.database());
          }
          return question.apply(parsed.changelog());
        });
  }

  private List<SourceRevision> revisions(DatabaseChangeLog parsed) {
    ChangeSetFilter ignored = new IgnoreChangeSetFilter();
    List<ChangeSetFilter> filters = filters();
    Map<String, SourceRevision> revisions = new LinkedHashMap<>();
    for (ChangeSet changeSet : parsed.getChangeSets()) {
      if (ignored.accepts(changeSet).isAccepted()) {
        boolean selected =
            filters.stream().allMatch(filter -> filter.accepts(changeSet).isAccepted());
        SourceRevision revision = LiquibaseChangeset.revision(changeSet, selected);
        revisions.merge(revision.name(), revision, SourceRevision::or);
      }
    }
    return List.copyOf(revisions.values());
  }

  /**
   * Returns the result for each changeset by its name; results of changesets with the same name are
   * combined.
   */
  private static <T> List<T> byName(
      DatabaseChangeLog parsed, BiFunction<String, ChangeSet, T> reading, BinaryOperator<T> and) {
    ChangeSetFilter ignored = new IgnoreChangeSetFilter();
    Map<String, T> read = new LinkedHashMap<>();
    for (ChangeSet changeSet : parsed.getChangeSets()) {
      if (ignored.accepts(changeSet).isAccepted()) {
        String name = LiquibaseChangeset.revision(changeSet, true).name();
        read.merge(name, reading.apply(name, changeSet), and);
      }
    }
    return List.copyOf(read.values());
  }
}
