// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.rolling;

import dev.schemaguard.build.impact.ChangeKind;
import dev.schemaguard.build.impact.Consequence;
import dev.schemaguard.build.impact.Impact;
import dev.schemaguard.build.impact.RevisionImpact;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.structure.SchemaFile;
import dev.schemaguard.structure.StructureComparison;
import dev.schemaguard.structure.StructureDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * States whether the tables that the old version needs are there in each state of an upgrade, by
 * the schema files of both versions and by the parsed migrations. Immutable.
 *
 * @param old the old version's matrix
 * @param next the new version's matrix
 * @param products the database products that count
 * @param path the revisions that are applied
 * @param impacts what the migrations do to older versions, by their names
 * @param isPending whether a revision that a schema file names is pending in the state after a
 *     number of revisions
 */
record StructureOutlook(
    CompatibilityMatrix old,
    CompatibilityMatrix next,
    List<String> products,
    List<Revision> path,
    Map<String, RevisionImpact> impacts,
    PendingAt isPending) {

  /** Knows what is pending in a state. */
  interface PendingAt {
    Predicate<String> after(int count);
  }

  /** The answer for one state. */
  enum Answer {
    INTACT,
    BROKEN,
    UNKNOWN
  }

  /**
   * The answer for one state, with its evidence.
   *
   * @param byFiles whether the schema files gave it, and not the migrations alone
   */
  record Result(Answer answer, boolean byFiles, String why) {}

  /** Returns whether the old version's schema file is there for every product that counts. */
  boolean isComparable() {
    return !products.isEmpty() && products.stream().allMatch(old::hasSchemaFile);
  }

  /** Returns the answer for the state after the first {@code count} revisions. */
  Result after(int count) {
    List<Consequence> done = new ArrayList<>();
    boolean parsed = true;
    // The newest first, so that its own changes are named rather than those before it.
    for (int i = count - 1; i >= 0; i--) {
      RevisionImpact impact = impacts.get(path.get(i).name());
      parsed &= impact != null;
      if (impact != null) {
        done.addAll(impact.consequences());
      }
    }
    if (parsed && done.stream().allMatch(each -> each.impact() == Impact.EXPAND)) {
      return new Result(Answer.INTACT, false, "its migration only expands the schema");
    }
    Optional<Consequence> hidden =
        done.stream().filter(each -> isContract(each) && !each.kind().isInSchemaFile()).findFirst();
    if (hidden.isPresent()) {
      return new Result(Answer.BROKEN, false, "it " + hidden.get().reason());
    }
    Optional<Consequence> contract = done.stream().filter(StructureOutlook::isContract).findFirst();
    boolean nothingGone =
        parsed
            && done.stream()
                .noneMatch(each -> each.kind().isInSchemaFile() || each.kind().isOpaque());
    Result byFiles = byFiles(count, nothingGone);
    if (byFiles != null && !(contract.isPresent() && isRepairedAfter(count, done))) {
      return byFiles.answer() == Answer.INTACT ? withRows(byFiles, done) : byFiles;
    }
    return contract
        .map(each -> new Result(Answer.BROKEN, false, "it " + each.reason()))
        .orElseGet(
            () ->
                new Result(
                    Answer.UNKNOWN,
                    false,
                    done.stream()
                        .filter(each -> each.impact() == Impact.UNCLEAR)
                        .findFirst()
                        .map(each -> "it " + each.reason())
                        .orElse("its migration was not read")));
  }

  /** Schema files do not show rows: whether the old version knows the new values is unknown. */
  private static Result withRows(Result byFiles, List<Consequence> done) {
    return done.stream()
        .filter(each -> each.kind() == ChangeKind.UPDATE || each.kind() == ChangeKind.DELETE)
        .findFirst()
        .map(each -> new Result(Answer.UNKNOWN, false, "it " + each.reason()))
        .orElse(byFiles);
  }

  private static boolean isContract(Consequence consequence) {
    return consequence.impact() == Impact.CONTRACT;
  }

  /**
   * Returns whether a later revision may take back what an earlier one did, so that the schema at
   * the head does not show what the states before it lacked.
   */
  private boolean isRepairedAfter(int count, List<Consequence> done) {
    for (Revision revision : path.subList(count, path.size())) {
      RevisionImpact impact = impacts.get(revision.name());
      if (impact == null) {
        return true;
      }
      for (Consequence later : impact.consequences()) {
        if (repairs(later) || done.stream().anyMatch(each -> givesBack(later, each))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean repairs(Consequence consequence) {
    return consequence.kind().isOpaque()
        || switch (consequence.kind()) {
          case DROP_NOT_NULL, SET_DEFAULT, ALTER_TYPE, REDEFINE_COLUMN -> true;
          default -> false;
        };
  }

  /**
   * Returns whether a change may give the name back that an earlier one took. Which name a RENAME
   * gives is not known, so it may be any.
   */
  private static boolean givesBack(Consequence later, Consequence earlier) {
    if (!earlier.kind().takesName() || !later.kind().givesName()) {
      return false;
    }
    return switch (later.kind()) {
      case RENAME_TABLE, RENAME_OBJECT -> true;
      default -> plain(later.change().object()).endsWith(plain(earlier.change().object()));
    };
  }

  /** Returns a name without schema and quotes, in lower case. */
  private static String plain(String name) {
    return name.substring(name.lastIndexOf('.') + 1)
        .replaceAll("[\"`\\[\\]]", "")
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  /** Returns what the schema files say of a state; null if they are not there. */
  private @Nullable Result byFiles(int count, boolean nothingGone) {
    if (products.isEmpty()) {
      return null;
    }
    for (String dbms : products) {
      Optional<SchemaFile> before = old.schemaFile(dbms, SchemaFile::parse);
      Optional<SchemaFile> after = next.schemaFile(dbms, SchemaFile::parse);
      if (before.isEmpty() || after.isEmpty()) {
        return null;
      }
      StructureDifference difference =
          StructureComparison.of(
              before.get(),
              SchemaFileState.of(after.get(), dbms, isPending.after(count)),
              dbms,
              since -> false,
              false,
              null);
      List<String> lacks = new ArrayList<>(nothingGone ? List.of() : difference.missing());
      lacks.addAll(difference.changed());
      difference.newlyRequired().forEach(name -> lacks.add(name + " is newly required"));
      if (!lacks.isEmpty()) {
        return new Result(
            Answer.BROKEN, true, "by the schema files it lacks " + String.join(", ", lacks));
      }
    }
    return new Result(Answer.INTACT, true, "by the schema files all that it needs is still there");
  }
}
