// The engine of this repository: the default. Engine.Nuke.cs is its counterpart for -p:Engine=Nuke.
global using TheaIA.Abstractions;
global using TheaIA.Pipeline;
