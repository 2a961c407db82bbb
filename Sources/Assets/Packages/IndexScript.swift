import Records
/// The Python program that asks the user's package index.
///
/// It uses pip's own settings and HTTP client, so that mirrors, proxies, certificates and credentials set for pip hold
/// for Assay too. It runs no code of any package.
enum IndexScript {
    /// Exit statuses of the program.
    enum Status {
        static let missingPip = 13
        static let notFound = 14
        static let network = 15
    }

    /// `files NAME` prints the files of a project as JSON (PEP 503 pages and PEP 691 answers alike); `sizes NAME FILE …`
    /// prints the bytes of files by their names; `fetch URL FILE` saves a file.
    static let source = #"""
        import concurrent.futures, html.parser, json, os, re, subprocess, sys, threading, urllib.parse

        def fail(status, text):
            sys.stderr.write(text.strip() + "\n")
            sys.exit(status)

        try:
            from pip._vendor import requests
        except ImportError:
            fail(13, "python3 has no pip")

        def settings():
            run = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True)
            found = {}
            for line in run.stdout.splitlines():
                key, _, value = line.partition("=")
                section, _, name = key.strip().rpartition(".")
                rank = {":env:": 3, "download": 2, "global": 1}.get(section, 0)
                if rank >= found.get(name, (1, ""))[0]:
                    found[name] = (rank, value.strip().strip("'\""))
            return {name: value for name, (_, value) in found.items()}

        pip = settings()
        own = threading.local()

        def session():
            if not hasattr(own, "session"):
                own.session = requests.Session()
                if pip.get("cert"):
                    own.session.verify = pip["cert"]
                if pip.get("proxy"):
                    own.session.proxies = {"http": pip["proxy"], "https": pip["proxy"]}
            return own.session

        timeout = float(pip.get("default-timeout") or pip.get("timeout") or 60)

        def get(url, **options):
            try:
                answer = session().get(url, timeout=timeout, **options)
            except requests.RequestException as error:
                fail(15, f"{url}: {error}")
            if answer.status_code == 404:
                fail(14, f"{url}: not found")
            if answer.status_code != 200:
                fail(15, f"{url}: status {answer.status_code}")
            return answer

        class Links(html.parser.HTMLParser):
            def __init__(self, base):
                super().__init__()
                self.base, self.files = base, []

            def handle_starttag(self, tag, attributes):
                values = dict(attributes)
                if tag == "a" and values.get("href"):
                    url, _, fragment = urllib.parse.urljoin(self.base, values["href"]).partition("#")
                    name = urllib.parse.unquote(url.rsplit("/", 1)[-1])
                    digest = fragment[7:] if fragment.startswith("sha256=") else None
                    self.files.append({"filename": name, "url": url, "sha256": digest, "yanked": "data-yanked" in values, "size": None,
                                       "requiresPython": values.get("data-requires-python")})

        def kept(name):
            """Wheels in the folders that pip is told to look into; only the one that is chosen is hashed, by who chooses it."""
            found = []
            for folder in (pip.get("find-links") or "").split():
                folder = folder[7:] if folder.startswith("file://") else folder
                for file in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
                    path = os.path.join(folder, file)
                    if file.endswith(".whl") and re.sub("[-_.]+", "-", file.split("-")[0]).lower() == name:
                        found.append({"filename": file, "url": os.path.abspath(path), "sha256": None, "yanked": False,
                                      "size": os.path.getsize(path), "requiresPython": None})
            return found

        def listing(name):
            indexes = [pip.get("index-url") or "https://pypi.org/simple"] + (pip.get("extra-index-url") or "").split()
            found = kept(name)
            for index in indexes:
                url = index.rstrip("/") + "/" + name + "/"
                answer = get(url, headers={"Accept": "application/vnd.pypi.simple.v1+json, text/html;q=0.5"})
                if "json" in answer.headers.get("content-type", ""):
                    found += [{"filename": f["filename"], "url": urllib.parse.urljoin(answer.url, f["url"]),
                               "sha256": f.get("hashes", {}).get("sha256"), "yanked": bool(f.get("yanked")),
                               "size": f.get("size"), "requiresPython": f.get("requires-python")}
                              for f in answer.json()["files"]]
                else:
                    links = Links(answer.url)
                    links.feed(answer.text)
                    found += links.files
            return found

        def files(name):
            json.dump(listing(name), sys.stdout)

        def size(file):
            if file["size"] is not None:
                return file["size"]
            answer = session().head(file["url"], timeout=timeout, allow_redirects=True)
            return answer.headers.get("content-length")

        def sizes(*pairs):
            wanted = {}
            for name, file in zip(pairs[::2], pairs[1::2]):
                wanted.setdefault(name, set()).add(file)

            def of(name):
                chosen = {file["filename"]: file for file in reversed(listing(name)) if file["filename"] in wanted[name]}
                return {filename: size(file) for filename, file in chosen.items()}

            with concurrent.futures.ThreadPoolExecutor(8) as pool:
                found = [pair for part in pool.map(of, wanted) for pair in part.items()]
            json.dump({filename: int(bytes) for filename, bytes in found if bytes is not None}, sys.stdout)

        def fetch(url, path):
            try:
                with get(url, stream=True) as answer, open(path, "wb") as out:
                    for piece in answer.iter_content(1 << 18):
                        out.write(piece)
            except requests.RequestException as error:
                fail(15, f"{url}: {error}")

        {"files": files, "fetch": fetch, "sizes": sizes}[sys.argv[1]](*sys.argv[2:])
        """#
}
