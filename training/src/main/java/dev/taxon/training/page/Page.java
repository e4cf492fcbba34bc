package dev.taxon.training.page;

import java.util.List;

/** One page with its style, readable in light and dark. */
public final class Page {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>%s</title>
            <style>
            :root { color-scheme: light dark; --ink: #222; --quiet: #555; --faint: #ddd; --paper: #fff;
              --one: #1f5fb4; --two: #b4541f; --light: #b9cbe4; --warn: #fff3d6; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e6e6e6; --quiet: #aaa; --faint: #3a3a3a;
              --paper: #1b1b1b; --one: #7fb2f5; --two: #f0a070; --light: #3d5473; --warn: #4a3b14; } }
            body { font: 15px system-ui, sans-serif; margin: 2em auto; max-width: 900px; padding: 0 1em;
              color: var(--ink); background: var(--paper); }
            svg { width: 100%%; height: auto; }
            text { font-size: 12px; fill: var(--quiet); }
            polyline { fill: none; stroke: var(--one); stroke-width: 1.6; }
            polyline.light { stroke: var(--light); }
            polyline.second { stroke: var(--two); }
            circle { fill: var(--one); } circle.second { fill: var(--two); }
            line { stroke: var(--faint); } line.diagonal { stroke: var(--quiet); stroke-dasharray: 5 4; }
            rect.cell { fill: var(--one); }
            .scroll { overflow-x: auto; }
            table { border-collapse: collapse; margin: 1em 0; }
            caption { text-align: left; color: var(--quiet); padding-bottom: .3em; }
            th, td { padding: .25em .7em; text-align: left; border-bottom: 1px solid var(--faint); vertical-align: top; }
            td.number { text-align: right; font-variant-numeric: tabular-nums; }
            td.bar { min-width: 12em; } td.bar div { background: var(--one); height: .8em; }
            .warning { background: var(--warn); padding: .6em 1em; }
            .one { color: var(--one); } .two { color: var(--two); }
            </style>
            </head>
            <body>
            <h1>%s</h1>
            """;

    private Page() {}

    /**
     * A whole page.
     *
     * @param title plain text
     * @param sections HTML, one after another
     */
    public static String of(String title, List<String> sections) {
        String escaped = Html.escape(title);
        return Html.format(HEAD, escaped, escaped) + String.join("\n", sections) + "</body>\n</html>\n";
    }
}
