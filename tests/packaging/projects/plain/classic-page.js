import("./show.js").then(({ show }) => show(OmiCallCenter));
