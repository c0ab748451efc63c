// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.files;

import dev.schemaguard.change.LiquibaseChanges;
import dev.schemaguard.change.RevisionEffect;
import dev.schemaguard.change.RevisionUndo;
import dev.schemaguard.matrix.ConfigurationException;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.regex.Pattern;
import liquibase.ChecksumVersion;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Scope;
import liquibase.change.CheckSum;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.filter.ChangeSetFilter;
import liquibase.changelog.filter.ContextChangeSetFilter;
import liquibase.changelog.filter.IgnoreChangeSetFilter;
import liquibase.changelog.filter.LabelChangeSetFilter;
import liquibase.exception.LiquibaseException;
import liquibase.logging.core.NoOpLogService;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.resource.ResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a changelog by Liquibase. Apart from {@link LiquibaseSources}, so that that class
 * can be loaded where Liquibase is not there.
 */
final class LiquibaseChangelog {

  private static final int LONGEST_MESSAGE = 400;

  /** Nested exception types, the places searched, namespaces, the stop that we write ourselves. */
  private static final Pattern NOISE =
      Pattern.compile(
          "^(?:[\\w.]+(?:Exception|Error): )+| in the configured search path:.*"
              + "|\"https?://[^\"]*\":|\\.\\s*$",
          Pattern.DOTALL);

  private final String changelog;
  private final @Nullable Path directory;
  private final ClassLoader loader;
  private final Contexts contexts;
  private final LabelExpression labels;
  private final Map<String, String> parameters;

  LiquibaseChangelog(
      String changelog,
      @Nullable Path directory,
      ClassLoader loader,
      String contexts,
      String labels,
      Map<String, String> parameters) {
    this.changelog = changelog;
    this.directory = directory;
    this.loader = loader;
    this.contexts = new Contexts(contexts);
    this.labels = new LabelExpression(labels);
    this.parameters = parameters;
  }

  List<SourceRevision> read() {
    return reading(this::revisions);
  }

  /** What each changeset does to older versions. */
  List<RevisionEffect> effects() {
    return reading(
        parsed ->
            byName(
                parsed,
                (name, changeSet) -> RevisionEffect.of(name, LiquibaseChanges.of(changeSet)),
                RevisionEffect::and));
  }

  /** How each changeset is undone. */
  List<RevisionUndo> undos() {
    return reading(parsed -> byName(parsed, LiquibaseChanges::undo, RevisionUndo::and));
  }

  /** The changesets of which none of that name has the checksum that was recorded. */
  List<String> edited(Map<String, String> checksums) {
    return reading(
        parsed -> {
          Map<String, Boolean> valid = new LinkedHashMap<>();
          for (ChangeSet changeSet : parsed.getChangeSets()) {
            String name = LiquibaseChangeset.revision(changeSet, true).name();
            String recorded = checksums.get(name);
            if (recorded != null) {
              List<String> each = List.of(recorded.split(","));
              boolean known = each.stream().anyMatch(one -> isAsApplied(changeSet, one));
              // A database records the only one of that name that it has run, a file all of them.
              valid.merge(name, known, each.size() == 1 ? Boolean::logicalOr : Boolean::logicalAnd);
            }
          }
          return valid.keySet().stream()
              .filter(name -> Boolean.FALSE.equals(valid.get(name)))
              .toList();
        });
  }

  /** The checksum of each changeset that must not change, by its name. */
  List<Map.Entry<String, String>> checksums() {
    ChangeSetFilter ignored = new IgnoreChangeSetFilter();
    return reading(
        parsed ->
            parsed.getChangeSets().stream()
                .filter(changeSet -> ignored.accepts(changeSet).isAccepted())
                .filter(changeSet -> !mayChange(changeSet))
                .map(
                    changeSet ->
                        Map.entry(
                            LiquibaseChangeset.revision(changeSet, true).name(),
                            changeSet.generateCheckSum(ChecksumVersion.latest()).toString()))
                .toList());
  }

  private static boolean isAsApplied(ChangeSet changeSet, String checksum) {
    return mayChange(changeSet) || changeSet.isCheckSumValid(CheckSum.parse(checksum));
  }

  private static boolean mayChange(ChangeSet changeSet) {
    return changeSet.shouldAlwaysRun() || changeSet.shouldRunOnChange();
  }

  @SuppressWarnings("try") // close() declares Exception; no accessor of ours blocks in it
  private <T> List<T> reading(Function<DatabaseChangeLog, List<T>> question) {
    try (ResourceAccessor accessor = accessor()) {
      return Scope.child(
          Map.of(
              Scope.Attr.resourceAccessor.name(), accessor,
              Scope.Attr.logService.name(), new NoOpLogService(),
              Scope.Attr.ui.name(), new LoggerUIService()),
          () -> question.apply(parse(accessor)));
    } catch (StackOverflowError e) {
      throw unreadable("it includes itself, perhaps through another changelog");
    } catch (Exception e) {
      throw unreadable(message(e));
    }
  }

  private ResourceAccessor accessor() throws FileNotFoundException {
    return directory == null
        ? new ClassLoaderResourceAccessor(loader)
        : new DirectoryResourceAccessor(directory);
  }

  private DatabaseChangeLog parse(ResourceAccessor accessor) throws LiquibaseException {
    ChangeLogParameters values = new ChangeLogParameters();
    parameters.forEach(values::set);
    values.setContexts(contexts);
    values.setLabels(labels);
    return ChangeLogParserFactory.getInstance()
        .getParser(changelog, accessor)
        .parse(changelog, values, accessor);
  }

  private List<SourceRevision> revisions(DatabaseChangeLog parsed) {
    ChangeSetFilter ignored = new IgnoreChangeSetFilter();
    List<ChangeSetFilter> filters =
        List.of(new ContextChangeSetFilter(contexts), new LabelChangeSetFilter(labels));
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

  /** What is told of each changeset by its name; of those that share one, together. */
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

  private static String message(Exception e) {
    String message = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    String plain = NOISE.matcher(message).replaceAll("").replaceAll("\\s+", " ").strip();
    String first = plain.substring(0, Math.min(plain.length(), LONGEST_MESSAGE));
    return first.length() < plain.length() ? first + "…" : first;
  }

  private ConfigurationException unreadable(String message) {
    return new ConfigurationException(
        changelog,
        "Liquibase cannot read this changelog: " + message,
        "Mend the file, or name another. It is searched "
            + (directory == null ? "on the class path" : "below " + directory)
            + ", by the path that the application gives to Liquibase.");
  }
}
