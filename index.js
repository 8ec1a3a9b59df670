// n8n loads this package through the paths in package.json; nothing is exported here.
