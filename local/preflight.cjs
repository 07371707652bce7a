// Says what is wrong before anything else fails with a stack trace. Plain CommonJS: it must run on any Node.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 12)) {
  console.error(`Throughline needs Node 24.12 or newer; this is ${process.version} (${process.execPath}).`);
  console.error(
    'Run it through npm after `npm ci`, which brings Node 24 for Linux and Windows; on a Mac install Node 24 first.',
  );
  process.exit(1);
}
