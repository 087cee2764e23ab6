package io.karst.bench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/// A [Report] as text: aligned for a terminal, which is valid Markdown as well, or as CSV.
public final class ReportText {

  /// The columns of figures, aligned to the right.
  private static final int FIGURES_FROM = 3;

  private static final int FIGURES_TO = 6;

  private ReportText() {}

  /// The table alone.
  public static String table(Report report) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(header(report.baseline()));
    report.rows().forEach(row -> lines.add(cells(row)));
    int[] widths = widths(lines);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      text.append(line(lines.get(i), widths));
      if (i == 0) {
        text.append(rule(widths));
      }
    }
    return text.toString();
  }

  /// The whole report.
  public static String markdown(Report report) {
    StringBuilder text = new StringBuilder("# Karst " + report.title() + "\n\n");
    report.facts().forEach(fact -> text.append("- ").append(fact).append('\n'));
    text.append("- ").append(report.conclusion()).append("\n\n");
    text.append(table(report)).append('\n');
    report.notes().forEach(note -> text.append("- ").append(note).append('\n'));
    return text.toString();
  }

  /// One line a row, with the extremes of the rounds.
  public static String csv(Report report) {
    StringBuilder text =
        new StringBuilder(
            "measure,of,unit,NAME,NAME_min,NAME_max,karst,karst_min,karst_max,ratio,goal,verdict\n"
                .replace("NAME", report.baseline().toLowerCase(Locale.ROOT)));
    for (Row row : report.rows()) {
      List<String> cells = new ArrayList<>(List.of(row.measure(), row.subject(), row.unit()));
      cells.addAll(row.baseline() == null ? Collections.nCopies(3, "") : figures(row.baseline()));
      cells.addAll(figures(row.karst()));
      cells.add(Numbers.exact(row.ratio()));
      cells.add(row.goal().text());
      cells.add(row.verdict().text());
      cells.replaceAll(cell -> cell.contains(",") ? '"' + cell + '"' : cell);
      text.append(String.join(",", cells)).append('\n');
    }
    return text.toString();
  }

  private static List<String> figures(Rounds rounds) {
    return List.of(
        Numbers.exact(rounds.median()), Numbers.exact(rounds.min()), Numbers.exact(rounds.max()));
  }

  private static List<String> cells(Row row) {
    return List.of(
        row.measure(),
        row.subject(),
        row.unit(),
        Numbers.shown(row.baselineMedian()),
        Numbers.shown(row.karst().median()),
        Numbers.ratio(row.ratio()),
        row.goal().text(),
        row.verdict().text());
  }

  private static List<String> header(String baseline) {
    String ratio = "Karst / " + baseline;
    return List.of("measure", "of", "unit", baseline, "Karst", ratio, "goal", "verdict");
  }

  private static int[] widths(List<List<String>> lines) {
    int[] widths = new int[lines.getFirst().size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    return widths;
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String format = "| %" + (isFigure(i) ? "" : "-") + widths[i] + "s ";
      text.append(String.format(Locale.ROOT, format, cells.get(i)));
    }
    return text.append("|\n").toString();
  }

  private static String rule(int[] widths) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      text.append("| ").append("-".repeat(widths[i] - (isFigure(i) ? 1 : 0)));
      text.append(isFigure(i) ? ": " : " ");
    }
    return text.append("|\n").toString();
  }

  private static boolean isFigure(int column) {
    return column >= FIGURES_FROM && column < FIGURES_TO;
  }
}
