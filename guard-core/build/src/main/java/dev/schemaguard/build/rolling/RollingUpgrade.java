// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.rolling;

import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.AssessmentTarget;
import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.assessment.PendingLines;
import dev.schemaguard.assessment.UpgradeStates;
import dev.schemaguard.build.SourceRevision;
import dev.schemaguard.build.impact.RevisionImpact;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.AppVersion;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.preflight.Preflight.Connected;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an old and a new version of an application may run side by side while the
 * database is migrated, and in which steps: judges each state on the way as the old version's own
 * guard would. Pure: it reads no database and changes nothing. Immutable and thread-safe.
 *
 * <pre>{@code
 * UpgradePlan plan =
 *     RollingUpgrade.of(UpgradeSide.of(oldMatrix, "0.5.0", true), UpgradeSide.of(newMatrix, "0.6.0", true))
 *         .tool("flyway")
 *         .plan();
 * }</pre>
 */
public final class RollingUpgrade {

  private final UpgradeSide from;
  private final UpgradeSide to;
  private final HistoryPlace place;
  private final @Nullable History start;
  private final @Nullable Connected connected;
  private final Map<String, String> waits;

  private RollingUpgrade(
      UpgradeSide from,
      UpgradeSide to,
      HistoryPlace place,
      @Nullable History start,
      @Nullable Connected connected,
      Map<String, String> waits) {
    this.from = from;
    this.to = to;
    this.place = place;
    this.start = start;
    this.connected = connected;
    this.waits = Map.copyOf(waits);
  }

  /** Returns the upgrade of a database at the head of {@code from} to {@code to}. */
  public static RollingUpgrade of(UpgradeSide from, UpgradeSide to) {
    return new RollingUpgrade(
        Objects.requireNonNull(from, "from"),
        Objects.requireNonNull(to, "to"),
        new HistoryPlace("", "", null, ""),
        null,
        null,
        Map.of());
  }

  /**
   * Returns the same upgrade by a migration tool.
   *
   * @param name the tool's name: {@code liquibase}, {@code flyway}, {@code alembic}, {@code
   *     golang-migrate} or {@code table}; by default it is derived from the chain, if that shows it
   */
  public RollingUpgrade tool(String name) {
    return at(new HistoryPlace(name, place.dbms(), place.schema(), place.table()));
  }

  /**
   * Returns the same upgrade of a database of this product.
   *
   * @param dbms Liquibase's short name of the product: {@code postgresql}
   */
  public RollingUpgrade on(String dbms) {
    return at(new HistoryPlace(place.tool(), dbms, place.schema(), place.table()));
  }

  private RollingUpgrade at(HistoryPlace other) {
    return new RollingUpgrade(from, to, other, start, connected, waits);
  }

  /** Returns the same upgrade of a database with this history, instead of one at the old head. */
  public RollingUpgrade startingAt(History history) {
    return new RollingUpgrade(from, to, history.place(), history, connected, waits);
  }

  /**
   * Returns the same upgrade while these versions are connected, too. What is connected and cannot
   * be judged survives nothing.
   */
  public RollingUpgrade whileConnected(Connected seen) {
    return new RollingUpgrade(from, to, place, start, seen, waits);
  }

  /**
   * Returns the same upgrade, of which some revisions have to wait for something else than the old
   * version, such as a background migration.
   *
   * @param reasons by the name of the revision, as it is shown
   */
  public RollingUpgrade waitingFor(Map<String, String> reasons) {
    return new RollingUpgrade(from, to, place, start, connected, reasons);
  }

  /**
   * Returns the plan.
   *
   * @throws ConfigurationException if a side has no chain or no row for its version, if the new
   *     version cannot run even after all of its migrations, or if the database product has to be
   *     known
   */
  public UpgradePlan plan() {
    ResolvedRow oldRow = row(from);
    ResolvedRow newRow = row(to);
    HistoryPlace where = place(newRow.chain());
    requireProduct(where, oldRow.chain(), newRow.chain());
    Assessor old = new Assessor(from.matrix(), target(from));
    Assessor next = new Assessor(to.matrix(), target(to));
    UpgradeStates states =
        new UpgradeStates(
            newRow,
            next.paths(),
            start != null ? start : UpgradeStates.head(oldRow, where),
            to.migrations().stream().map(SourceRevision::name).toList(),
            comments());
    requireRunnable(next.assess(states.after(states.path().size())), oldRow.chain());
    EvidenceJudge judge =
        new EvidenceJudge(
            old,
            states,
            structure(next, newRow, states, where, old),
            where.tool(),
            Optional.ofNullable(to.version()).flatMap(AppVersion::parse).orElse(null),
            rowOfOldInNew());
    return new PlanDraft(from, to, where, states, judge, next, connected, waits, sources()).plan();
  }

  private @Nullable ResolvedRow rowOfOldInNew() {
    try {
      return to.matrix().rowFor(from.version(), false).map(to.matrix()::resolve).orElse(null);
    } catch (ConfigurationException e) {
      // An old row that no longer fits the chain decides nothing; verify reports it.
      return null;
    }
  }

  private static ResolvedRow row(UpgradeSide side) {
    if (side.matrix().chain().isEmpty()) {
      throw new ConfigurationException(
          side.matrix().origin(),
          "there is no chain, revisions.txt, beside the matrix of " + side.name(),
          "Bundle the chain, or name it.");
    }
    side.matrix().chain().get().requireRevisions();
    return side.matrix()
        .rowFor(side.version(), side.own())
        .map(side.matrix()::resolve)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    side.matrix().origin(),
                    "it has no row for "
                        + Objects.requireNonNullElse(side.version(), "the version current"),
                    "Name a version that has a row: "
                        + String.join(
                            ", ", side.matrix().rows().stream().map(row -> row.label()).toList())
                        + "."));
  }

  private static AssessmentTarget target(UpgradeSide side) {
    return new AssessmentTarget(
        side.version(), side.own(), Set.of(), side.matrix().application().orElse(null));
  }

  /** Returns the place, with the tool that the chain shows if none is named. */
  private HistoryPlace place(RevisionChain chain) {
    if (!place.tool().isEmpty()) {
      return place;
    }
    boolean graph =
        chain.size() > 0
            && chain.revisions().stream()
                .allMatch(revision -> revision.parents() != null || revision.retired());
    String tool = chain.holdsChangesets() ? "liquibase" : graph ? "alembic" : "";
    return new HistoryPlace(tool, place.dbms(), place.schema(), place.table());
  }

  private static void requireProduct(HistoryPlace where, RevisionChain... chains) {
    if (!where.dbms().isEmpty()) {
      return;
    }
    for (RevisionChain chain : chains) {
      for (Revision revision : chain.revisions()) {
        if (!revision.dbms().isEmpty()) {
          throw new ConfigurationException(
              chain.place(chain.indexOf(revision)),
              chain.displayName(revision) + " applies on some database products only",
              "Name the product: --dbms postgresql.");
        }
      }
    }
  }

  private Map<String, String> comments() {
    Map<String, String> comments = new HashMap<>();
    for (SourceRevision each : to.migrations()) {
      if (each.comment() != null) {
        comments.put(each.name(), each.comment());
      }
    }
    return comments;
  }

  private Map<String, SourceRevision> sources() {
    Map<String, SourceRevision> sources = new LinkedHashMap<>();
    to.migrations().forEach(each -> sources.put(each.name(), each));
    return sources;
  }

  /** Refuses a new version that cannot run although all of its revisions are applied. */
  private void requireRunnable(Assessment then, RevisionChain oldChain) {
    if (!then.isCompatible()) {
      List<String> ahead = then.comparison().aheadNames();
      throw new ConfigurationException(
          to.matrix().origin(),
          to.name()
              + " cannot run on "
              + (start == null ? "a database of " + from.name() : "this database")
              + ", not even after its own migrations: "
              + (ahead.isEmpty()
                  ? "it would be " + then.verdict().toString().toLowerCase(Locale.ROOT)
                  : String.join(", ", ahead)
                      + (ahead.size() == 1 ? " is" : " are")
                      + " applied, and not admitted by "
                      + to.name()),
          ahead.isEmpty()
              ? "Compare " + oldChain.origin() + " with " + to.matrix().origin() + "."
              : "Add the lines to its chain if the branches were merged; to return to an older"
                  + " version, run preflight of that version, which plans the rollback.");
    }
  }

  private StructureOutlook structure(
      Assessor next, ResolvedRow newRow, UpgradeStates states, HistoryPlace where, Assessor old) {
    Map<String, RevisionImpact> impacts = new HashMap<>();
    to.impacts().forEach(each -> impacts.merge(each.revision(), each, RevisionImpact::and));
    List<Revision> path = states.path();
    boolean oldAtHead =
        old.assess(states.after(0)).pendingLines().map(PendingLines::isUpToHead).orElse(false);
    boolean newAtHead =
        next.assess(states.after(0)).pendingLines().map(PendingLines::isUpToHead).orElse(false);
    return new StructureOutlook(
        from.matrix(),
        to.matrix(),
        oldAtHead && newAtHead ? products(where) : List.of(),
        path,
        impacts,
        count -> {
          Set<String> open = new TreeSet<>();
          path.subList(count, path.size()).forEach(revision -> open.add(revision.name()));
          return since -> open.contains(resolved(newRow.chain(), since));
        });
  }

  private List<String> products(HistoryPlace where) {
    if (!where.dbms().isEmpty()) {
      return List.of(where.dbms());
    }
    return new ArrayList<>(from.matrix().schemaFileProducts());
  }

  private static String resolved(RevisionChain chain, String since) {
    try {
      return chain.resolve(since, "since=" + since).name();
    } catch (ConfigurationException e) {
      // verify reports it; the line counts as there.
      return "";
    }
  }
}
