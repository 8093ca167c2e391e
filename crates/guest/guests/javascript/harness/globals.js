// The learner's surroundings, the same for each test.

root.ListNode = ListNode;
root.TreeNode = TreeNode;
root.GraphNode = GraphNode;
root.console = shownConsole;
root.module = null;

// What an object has now, to be brought back later.
function remember(holder) {
  const names = getOwnPropertyNames(holder);
  const descriptors = names.map((name) => setPrototypeOf(getOwnPropertyDescriptor(holder, name), null));
  return { holder, names, descriptors };
}

function restore({ holder, names, descriptors }) {
  for (let index = 0; index < names.length; index++) {
    let isChanged = true;
    try {
      isChanged = holder[names[index]] !== descriptors[index].value;
    } catch {
      // Now it has a getter.
    }
    // Where that is refused, because learners made it unchangeable, it stays.
    if (isChanged) defineProperty(holder, names[index], descriptors[index]);
  }
}

const ownGlobals = remember(root);
const ownConsole = remember(shownConsole);
const isOwnGlobal = new MapClass(ownGlobals.names.map((name) => [name, true]));
const moduleDescriptor = setPrototypeOf(getOwnPropertyDescriptor(root, "module"), null);

// Undoes what a test before this one did to the globals.
function prepareGlobals() {
  if (isUsed) {
    // Looking at all of them takes a while, and nobody replaces them by accident.
    if (mentionsGlobals) restore(ownGlobals);
    if (mentionsConsole) restore(ownConsole);
    prepareConsole();
    prepareTimers();
    // But assignments without a declaration are accidents, and make new ones.
    if (countProperties(root) > ownGlobals.names.length) {
      const names = getOwnPropertyNames(root);
      for (let index = 0; index < names.length; index++) {
        if (!mapHas(isOwnGlobal, names[index])) deleteProperty(root, names[index]);
      }
    }
  }
  isUsed = true;
  moduleDescriptor.value = { exports: {} };
  defineProperty(root, "module", moduleDescriptor);
}
