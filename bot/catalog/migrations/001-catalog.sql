-- A film's identity: its number never changes and is never used again.
CREATE TABLE film (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    home INTEGER NOT NULL,           -- 0: shared; else the server that added it
    created_at INTEGER NOT NULL      -- unix seconds
) STRICT;

-- Every change to what a film says. A release of the shipped catalog is one row, not one a film.
CREATE TABLE revision (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    scope INTEGER NOT NULL,          -- 0: shared; else a server
    film_id INTEGER REFERENCES film (id),
    made_at INTEGER NOT NULL,        -- unix seconds
    made_by INTEGER,                 -- Discord user; NULL: a release
    interaction_id INTEGER UNIQUE,   -- a retry of the same interaction changes nothing twice
    before TEXT,                     -- the model as JSON
    after TEXT,                      -- the model as JSON; of a release, what it changed in one line
    reason TEXT
) STRICT;

-- What a film says in a scope. A server's row shadows the shared one; a row without a body hides the film there.
CREATE TABLE page (
    film_id INTEGER NOT NULL REFERENCES film (id),
    scope INTEGER NOT NULL,          -- 0: shared; else a server
    body TEXT,                       -- bot.pages.model.Film as JSON
    kind TEXT NOT NULL CHECK (kind IN ('index', 'page')),
    title TEXT NOT NULL,
    year INTEGER,
    runtime INTEGER,                 -- minutes
    directors TEXT NOT NULL,         -- JSON array
    names TEXT NOT NULL,             -- JSON array: original title, further titles, IMDb id
    filled TEXT NOT NULL,            -- JSON array of section keys
    fame REAL NOT NULL,              -- 0 to 1, by rank among the films of the release
    imdb_id TEXT,
    source TEXT,                     -- the shipped file, NULL when made in Discord
    source_hash TEXT,
    revision_id INTEGER NOT NULL REFERENCES revision (id),
    PRIMARY KEY (film_id, scope)
) STRICT;

CREATE TABLE page_genre (
    film_id INTEGER NOT NULL,
    scope INTEGER NOT NULL,
    genre TEXT NOT NULL,
    PRIMARY KEY (genre, scope, film_id),
    FOREIGN KEY (film_id, scope) REFERENCES page (film_id, scope) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX page_genre_by_film ON page_genre (film_id, scope);

-- The newest slug of a film is its name in files and links; older ones keep leading to it.
CREATE TABLE slug (
    scope INTEGER NOT NULL,
    slug TEXT NOT NULL,
    film_id INTEGER NOT NULL REFERENCES film (id),
    PRIMARY KEY (scope, slug)
) STRICT, WITHOUT ROWID;

-- The files of the release that is loaded.
CREATE TABLE release_file (
    name TEXT PRIMARY KEY,
    hash TEXT NOT NULL               -- SHA-256 of its bytes
) STRICT, WITHOUT ROWID;

-- Cards in channels under which the bot answers a reaction.
CREATE TABLE post (
    message_id INTEGER PRIMARY KEY,
    channel_id INTEGER NOT NULL,
    guild_id INTEGER NOT NULL,
    film_id INTEGER NOT NULL,
    section TEXT NOT NULL,
    posted_at INTEGER NOT NULL       -- unix seconds
) STRICT;

CREATE TABLE closed_dm (
    user_id INTEGER PRIMARY KEY,
    until INTEGER NOT NULL           -- unix seconds
) STRICT;

CREATE TABLE note (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
