// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.build.structure.SchemaFileComparison;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.status.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * The command {@code schema diff}, which compares the schema files of two versions without a
 * database.
 */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Does a database at the head of NEW have all that OLD needs?",
      "By the schema files of both, without a database: what is missing, changed or newly required."
          + " Each product for which both have a schema file is compared."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:everything is there",
      " 2:a file cannot be read, or no product is in both",
      "10:something is missing, changed or newly required"
    })
final class SchemaDiffCommand implements Callable<Integer> {

  private static final int BROKEN = 10;

  @Parameters(
      index = "0",
      paramLabel = "OLD",
      description = "The version that would run: a jar, war, folder or schema.DBMS.txt.")
  private Path old = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "NEW",
      description = "The version whose migrations the database has: the same kinds of files.")
  private Path next = Path.of("");

  @Mixin private final Output output = new Output();

  @Override
  public Integer call() {
    SchemaArtifact before = SchemaArtifact.read(old);
    SchemaArtifact after = SchemaArtifact.read(next);
    SortedMap<String, SchemaFileComparison> compared = new TreeMap<>();
    before
        .files()
        .forEach(
            (dbms, file) -> {
              if (after.files().containsKey(dbms)) {
                compared.put(dbms, SchemaFileComparison.of(file, after.files().get(dbms), dbms));
              }
            });
    if (compared.isEmpty()) {
      throw new ConfigurationException(
          "schema diff",
          "no database product has a schema file in both: "
              + old
              + " has "
              + String.join(", ", before.files().keySet())
              + ", "
              + next
              + " has "
              + String.join(", ", after.files().keySet()),
          "Name two versions with a schema file for the same product.");
    }
    boolean intact = compared.values().stream().allMatch(SchemaFileComparison::isIntact);
    List<String> notes = notes(before, after, compared);
    if (output.isJson()) {
      output.printRaw(json(intact, compared, notes));
    } else {
      print(intact, compared);
      notes.forEach(note -> output.report("note      " + note));
    }
    return intact ? 0 : BROKEN;
  }

  private static List<String> notes(
      SchemaArtifact before, SchemaArtifact after, Map<String, SchemaFileComparison> compared) {
    List<String> notes = new ArrayList<>();
    TreeSet<String> all = new TreeSet<>(before.files().keySet());
    all.addAll(after.files().keySet());
    all.removeAll(compared.keySet());
    for (String dbms : all) {
      Path without = before.files().containsKey(dbms) ? after.path() : before.path();
      notes.add(dbms + " is not compared: " + without + " has no schema file for it");
    }
    compared.values().forEach(each -> notes.addAll(each.notes()));
    return notes;
  }

  private void print(boolean intact, Map<String, SchemaFileComparison> compared) {
    compared.forEach(
        (dbms, each) -> {
          if (each.isIntact()) {
            output.printLine(dbms, 12, "all that OLD needs: " + each.size());
          }
          each.difference().missing().forEach(name -> print(dbms, "missing", name));
          each.difference().changed().forEach(change -> print(dbms, "changed", change));
          each.difference().newlyRequired().forEach(name -> print(dbms, "newly required", name));
        });
    output.printAnswer(
        intact,
        intact
            ? "✔ a database of " + next + " has all that " + old + " needs"
            : "✖ a database of " + next + " lacks what " + old + " needs");
  }

  private void print(String dbms, String what, String name) {
    output.printLine(dbms, 12, what + ": " + name);
  }

  private String json(
      boolean intact, Map<String, SchemaFileComparison> compared, List<String> notes) {
    List<Consumer<JsonObject>> products = new ArrayList<>();
    compared.forEach(
        (dbms, each) ->
            products.add(
                product ->
                    product
                        .put("dbms", dbms)
                        .put("result", result(each.isIntact()))
                        .put("missing", each.difference().missing())
                        .put("changed", each.difference().changed())
                        .put("newly_required", each.difference().newlyRequired())));
    return new JsonObject()
        .put("old", old.toString())
        .put("new", next.toString())
        .put("result", result(intact))
        .put("exit_code", intact ? 0 : BROKEN)
        .putObjects("products", products)
        .put("notes", notes)
        .toString();
  }

  private static String result(boolean intact) {
    return intact ? "intact" : "broken";
  }
}
