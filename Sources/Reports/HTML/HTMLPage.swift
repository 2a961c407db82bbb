/// The frame of a page: one file that loads nothing and runs nothing.
enum HTMLPage {
    /// The page around some markup.
    static func page(title: String, kind: String, subtitle: String, body: String, footer: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'" />
        <title>\(HTMLText.escape(title)) · Assay</title>
        <style>
        \(Stylesheet.css)</style>
        </head>
        <body>
        <header>
        <div class="brand">\(stamp)Assay · \(HTMLText.escape(kind))</div>
        <h1>\(HTMLText.escape(title))</h1>
        \(subtitle.isEmpty ? "" : "<p class=\"sub\">\(HTMLText.escape(subtitle))</p>\n")</header>
        <main>
        \(body)</main>
        <footer>\(footer)</footer>
        </body>
        </html>

        """
    }

    /// The assayer's stamp: a cut-cornered punch with a balance.
    private static let stamp = """
        <svg viewBox="0 0 32 32" aria-hidden="true"><path d="M9 2h14l7 7v14l-7 7H9l-7-7V9z" fill="none" \
        stroke="currentColor" stroke-width="2.2"/><path d="M16 8v16M11 24h10M8 12h16M8 12l-2.6 6h5.2zM24 12l-2.6 6h5.2z" \
        fill="none" stroke="currentColor" stroke-width="1.8" stroke-linejoin="round" stroke-linecap="round"/></svg>
        """
}
