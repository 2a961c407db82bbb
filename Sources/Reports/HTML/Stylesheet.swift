/// The style of the pages: system fonts, light and dark, readable on paper and on a phone.
enum Stylesheet {
    /// Colours after Okabe and Ito (2008), which readers with any colour vision tell apart; lighter in the dark.
    private static let colors = """
        :root{color-scheme:light dark;--paper:#fdfcf9;--sheet:#fff;--ink:#1d2226;--soft:#5a646c;--faint:#69727a;\
        --rule:#e3e0d8;--wash:#f4f2ec;--accent:#8a5a00;--good:#00724f;--bad:#b3341a;--open:#8a6a00;\
        --c0:#0072b2;--c1:#d55e00;--c2:#009e73;--c3:#b8578f;--c4:#b98600;--c5:#3d9bd1;--c6:#6b7280;\
        --heat:#0a5a96;--hot:#b8430a;--on:#fff}
        @media (prefers-color-scheme:dark){:root{--paper:#14171a;--sheet:#1a1e22;--ink:#e9e6df;--soft:#a9b1b8;\
        --faint:#8d969d;--rule:#2d3338;--wash:#20252a;--accent:#e0b45c;--good:#4cc79b;--bad:#ff8a6b;--open:#e6c04d;\
        --c0:#5ab4e6;--c1:#f5955a;--c2:#45c9a0;--c3:#e39ac4;--c4:#ecc057;--c5:#9ad4f5;--c6:#a3acb5;\
        --heat:#63b8f0;--hot:#f5955a;--on:#0d1013}}

        """

    private static let text = """
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,\
        "Noto Sans","Liberation Sans",sans-serif;font-variant-numeric:tabular-nums lining-nums}
        main,header,footer{max-width:66rem;margin:0 auto;padding:0 1.5rem}
        header{padding-top:2.5rem}
        .brand{display:flex;align-items:center;gap:.6rem;color:var(--accent);font-size:.78rem;font-weight:600;\
        letter-spacing:.14em;text-transform:uppercase}
        .brand svg{width:1.7rem;height:1.7rem;flex:none}
        h1{font-size:clamp(1.7rem,4.5vw,2.5rem);line-height:1.15;letter-spacing:-.015em;margin:.7rem 0 .35rem;\
        font-weight:680;overflow-wrap:anywhere;text-wrap:balance}
        .sub{color:var(--soft);margin:0 0 1.6rem}
        h2{font-size:1.35rem;line-height:1.25;letter-spacing:-.01em;margin:3rem 0 .9rem;padding-top:1.1rem;\
        border-top:1px solid var(--rule);font-weight:650}
        h3{font-size:1.02rem;line-height:1.35;margin:0;font-weight:650}
        p{margin:.5rem 0;max-width:68ch}
        a{color:var(--c0);text-underline-offset:.15em}
        code,.hash,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.86em}
        .muted{color:var(--soft)}
        .mark{display:inline-block;width:1.25em;font-weight:700}
        .holds{color:var(--good)}.fails{color:var(--bad)}.unknown{color:var(--open)}
        .iv,.n{color:var(--soft);font-size:.9em;white-space:nowrap}
        .q{white-space:nowrap}
        .hash{overflow-wrap:anywhere}
        .note{border-left:3px solid var(--open);background:var(--wash);padding:.55rem .9rem;margin:.6rem 0;border-radius:0 4px 4px 0}

        """

    private static let blocks = """
        .verdicts{list-style:none;margin:0;padding:0;border:1px solid var(--rule);border-radius:10px;background:var(--sheet);overflow:hidden}
        .verdicts>li{display:grid;grid-template-columns:1.9rem 14rem 1fr;gap:0 .4rem;padding:.72rem 1rem;\
        border-top:1px solid var(--rule);align-items:baseline}
        .verdicts>li:first-child{border-top:0}
        .verdicts .mark{text-align:center}
        .verdicts b{font-weight:620}
        .verdicts .more{margin:.15rem 0 0}
        .verdicts .evidence{padding-left:1.5em}
        .verdicts .evidence>.mark{margin-left:-1.5em;width:1.5em;text-align:left}
        .verdicts .none{color:var(--faint)}
        .verdicts a,.verdicts .ref{font-size:.85em;white-space:nowrap}
        figure{margin:0 0 1.6rem;padding:1.1rem 1.25rem 1.2rem;background:var(--sheet);border:1px solid var(--rule);\
        border-radius:10px;break-inside:avoid}
        figcaption{margin-bottom:.8rem}
        figcaption p{margin:.1rem 0 0;color:var(--soft);font-size:.92rem}
        details{margin-top:.7rem;font-size:.92rem}
        summary{cursor:pointer;color:var(--soft);width:max-content;max-width:100%}
        summary:hover{color:var(--ink)}
        details>*:not(summary){margin-top:.6rem}
        pre{background:var(--wash);padding:.8rem 1rem;border-radius:6px;overflow:auto;line-height:1.45;margin:.6rem 0 0}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%;font-size:.92rem}
        th{font-weight:600;text-align:left;color:var(--soft);font-size:.84rem;vertical-align:bottom}
        th,td{padding:.42rem .9rem .42rem 0;border-bottom:1px solid var(--rule)}
        td{vertical-align:baseline}
        th:last-child,td:last-child{padding-right:0}
        tbody tr:last-child td{border-bottom:0}
        .r{text-align:right}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.2rem;margin:0;font-size:.93rem}
        dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
        .pictures{display:grid;grid-template-columns:repeat(auto-fill,minmax(8.5rem,1fr));gap:1rem;list-style:none;margin:0;padding:0}
        .pictures img{display:block;width:100%;aspect-ratio:1;object-fit:contain;background:var(--wash);border-radius:6px}
        .pictures div{font-size:.88rem;line-height:1.35;margin-top:.4rem;overflow-wrap:anywhere}
        .legend{display:flex;flex-wrap:wrap;gap:.25rem 1.2rem;list-style:none;margin:0 0 .6rem;padding:0;font-size:.9rem}
        .legend svg{width:14px;height:14px;vertical-align:-2px;margin-right:.4rem;display:inline}
        footer{margin-top:3rem;padding-top:1.2rem;padding-bottom:3rem;color:var(--faint);font-size:.85rem}

        """

    private static let charts = """
        figure svg{display:block;width:100%;height:auto;overflow:visible}
        svg text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;\
        font-variant-numeric:tabular-nums;fill:var(--ink)}
        svg .label{font-size:13px}svg .tick,svg .note{fill:var(--soft)}svg .axis{fill:var(--soft);font-weight:600}
        svg .value{font-weight:600}svg .note{font-style:italic}svg .on{fill:var(--on);font-size:11px}svg .cell{font-size:11px}
        .grid{stroke:var(--rule);stroke-width:1}.base{stroke:var(--faint);stroke-width:1}
        .reference{stroke:var(--soft);stroke-width:1.5;stroke-dasharray:5 4}
        .whisker{stroke:var(--ink);stroke-width:1.4}.median{stroke:var(--ink);stroke-width:2.4}
        .s0{--c:var(--c0)}.s1{--c:var(--c1)}.s2{--c:var(--c2)}.s3{--c:var(--c3)}.s4{--c:var(--c4)}.s5{--c:var(--c5)}.s6{--c:var(--c6)}
        .bar{fill:var(--c);fill-opacity:.88}.box{fill:var(--c);fill-opacity:.35;stroke:var(--c);stroke-width:1.5}
        .m{fill:var(--c)}.line{fill:none;stroke:var(--c);stroke-width:2.2;stroke-linejoin:round}
        .stem{stroke:var(--c);stroke-width:1.3}.band{fill:var(--c);fill-opacity:.16}
        .heat{fill:var(--heat)}.cold{fill:var(--heat)}.hot{fill:var(--hot)}.heat,.cold,.hot{shape-rendering:crispEdges}.hollow{fill:none;stroke:var(--rule);stroke-dasharray:3 3}
        .frame:focus{outline:none}.frame .tip{visibility:hidden}.frame:hover .tip,.frame:focus .tip{visibility:visible}
        .frame:hover>.bar,.frame:focus>.bar{fill-opacity:1;stroke:var(--ink);stroke-width:1.5}
        figure:has(.frame:hover) .frame:focus:not(:hover) .tip{visibility:hidden}
        .narrow{display:none}

        """

    private static let media = """
        @media (max-width:38rem){
        .wide{display:none}.narrow{display:block}
        main,header,footer{padding-left:1rem;padding-right:1rem}
        header{padding-top:1.5rem}
        figure{padding:.9rem .9rem 1rem}
        .verdicts>li{grid-template-columns:1.7rem 1fr;padding:.7rem .8rem}
        .verdicts .what{grid-column:2}
        dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}
        table.cards thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
        table.cards,table.cards tbody,table.cards tr,table.cards td{display:block;width:100%}
        table.cards tr{padding:.5rem 0;border-bottom:1px solid var(--rule)}
        table.cards tr:last-child{border-bottom:0}
        table.cards td{border:0;padding:.12rem 0;text-align:left;display:grid;grid-template-columns:7.5rem 1fr;gap:.6rem}
        table.cards td::before{content:attr(data-label);color:var(--soft);font-size:.86rem}
        table.cards td:first-child{font-weight:620;display:block}
        table.cards td:first-child::before,table.cards td:empty{display:none}
        .q,.iv,.n{white-space:normal}
        }
        @media print{
        :root{--paper:#fff;--sheet:#fff;--ink:#000;--soft:#444;--rule:#ccc;--wash:#f6f6f6}
        body{font-size:10.5pt}main,header,footer{max-width:none;padding:0}
        h2{break-after:avoid;margin-top:1.5rem}a{color:inherit;text-decoration:none}
        .wide{display:block}.narrow{display:none}
        *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
        }

        """

    /// The whole style sheet.
    static let css = colors + text + blocks + charts + media
}
