package dev.taxon.training.page;

import java.util.ArrayList;
import java.util.List;

/** A table of text and numbers, with a caption for those who do not see it. Not thread-safe. */
public final class Table {
    private final String caption;
    private final List<String> columns;
    private final List<List<Object>> rows = new ArrayList<>();

    /**
     * A cell that shows a share as a bar.
     *
     * @param share of the whole width, in [0, 1]
     */
    public record Bar(double share) {}

    /** @param columns headings, plain text */
    public Table(String caption, List<String> columns) {
        this.caption = caption;
        this.columns = List.copyOf(columns);
    }

    /** Adds a row: the first cell heads it, numbers are aligned as such, strings are plain text, bars are drawn. */
    public Table row(Object... cells) {
        rows.add(List.of(cells));
        return this;
    }

    public String html() {
        StringBuilder html = new StringBuilder("<div class=\"scroll\"><table>\n<caption>")
                .append(Html.escape(caption))
                .append("</caption>\n<tr>");
        columns.forEach(column ->
                html.append("<th scope=\"col\">").append(Html.escape(column)).append("</th>"));
        html.append("</tr>\n");
        rows.forEach(row -> append(html, row));
        return html.append("</table></div>\n").toString();
    }

    private static void append(StringBuilder html, List<Object> row) {
        html.append("<tr>");
        for (int i = 0; i < row.size(); i++) {
            html.append(cell(row.get(i), i == 0));
        }
        html.append("</tr>\n");
    }

    private static String cell(Object value, boolean heads) {
        if (value instanceof Number number) {
            return "<td class=\"number\">" + number(number) + "</td>";
        }
        if (value instanceof Bar bar) {
            return Html.format("<td class=\"bar\"><div style=\"width: %.0f%%\"></div></td>", 100 * bar.share());
        }
        String text = Html.escape(value.toString());
        return heads ? "<th scope=\"row\">" + text + "</th>" : "<td>" + text + "</td>";
    }

    private static String number(Number number) {
        return number instanceof Double || number instanceof Float
                ? Html.format("%.4f", number.doubleValue())
                : Html.format("%,d", number.longValue());
    }
}
