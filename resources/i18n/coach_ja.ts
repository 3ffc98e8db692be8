<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja">
<context>
    <name>ChoiceEditor</name>
    <message>
        <source>Folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of the model</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CoachActions</name>
    <message>
        <source>&amp;Ask a question…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pause advice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Show the overlay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Move and resize the overlay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>English / 日本&amp;語</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show &amp;Q-values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose what to &amp;watch…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;History…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grid &amp;levels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ControlWindow</name>
    <message>
        <source>Coach</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the coach is doing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Practice game:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The coach is running.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fonts</name>
    <message>
        <source>No installed font can draw Japanese.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install one, for instance the package fonts-noto-cjk, and start again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HistoryWindow</name>
    <message>
        <source>Coach history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search advice, questions and answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Past advice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The selected advice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the coach saw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete &amp;all…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entries: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is kept yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selected: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model}, {ms} ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete everything that the coach remembers? This cannot be undone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the entries shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Hotkeys</name>
    <message>
        <source>{key} is already used by another program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another key in the settings, or close that program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This keyboard has no key for {key}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another key in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This desktop lets no program have global hotkeys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the tray menu or the coach&apos;s window instead.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Overlay</name>
    <message>
        <source>Coach</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag to move, drag a side to resize, or use the arrow keys. Enter keeps it, Esc undoes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The advice appears here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>edit mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>online</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not translated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to look at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} s ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} min ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} h ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} ms</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PracticeWindow</name>
    <message>
        <source>Lead the cat to the crate with the arrow keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Board</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reward {reward}   ·   Step {steps} of {limit}   ·   Episode {episode}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reward {reward} · Step {steps}/{limit}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cat at column {0}, row {1}; crate at column {2}, row {3}; hole at column {4}, row {5}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrow keys or WASD: move   ·   R: start again   ·   N: next level</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrows: move · R: again · N: next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cat reached the crate!</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cat fell into the hole.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Out of steps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>R: again · N: next</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProfileEditor</name>
    <message>
        <source>Edit a game profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New game profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the title of an open window…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open windows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none: the profile is only used when chosen by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left, right, jump; none where the game has no such moves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As in the settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none: train one with “coach train dqn”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only a part of the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bottom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Window (pattern)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Moves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At least &amp;every</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Q-network (name or folder)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the game a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a prompt of at most 2000 characters: what should the coach be asked?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The part of the picture is empty: left must be below right, and top below bottom.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window pattern is not a regular expression.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not a pattern: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open now: {titles}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No window that is open now has such a title.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProfilesPage</name>
    <message>
        <source>What the coach is asked in each game. A profile is chosen by the title of the game&apos;s window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Game profiles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Add…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> (your own)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete your profile “{title}”?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QPanel</name>
    <message>
        <source>No game is in sight.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no Q-network for this game. Train one with: {command}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Q-values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>best: {move}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QuestionBox</name>
    <message>
        <source>Ask the coach</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The moment that the question is about</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask about this moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter asks · Esc closes · ↑ earlier questions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where should I go?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Question</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RegionSheet</name>
    <message>
        <source>Draw the part of the screen to watch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag to draw, drag inside to move · arrow keys move, with Shift resize, with Ctrl by one pixel
Return or double click: watch this part · Escape: cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>&quot;{profile_id}&quot; came with the coach and cannot be deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A live game coach: looks at the screen and says the next move in an overlay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A picture of the game.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A practice game.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A question, or words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A window of the demo was closed before its time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A window stopped by itself (status {returncode}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actions are {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add Ctrl, Alt or Meta, or use a key such as F9.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Advice about one picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow the network on the page General of the settings, or switch the server off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow writing to it, or choose another one with: coach models folder PATH</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow writing to {parent}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow writing to {path}, or make room.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow writing to {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any game</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask a question about a game without a picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask about a picture instead: coach advise IMAGE --game GAME --question TEXT.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for one or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asked instead of the profile&apos;s prompt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most so many sections.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Batches trained on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Breakout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change its permissions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the address on the page Server of the settings; most end in /v1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the free space and the permissions of the coach&apos;s data folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder with the pictures of a recording.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a larger window, region or picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a monitor or a part of the screen instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose an instruction-tuned model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another checkpoint.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another coach in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another folder with --out, or delete that one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another game.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another key for one of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another model or folder in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another name with --name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another one on the page Server of the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another one with --out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose en or ja.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one of: {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one on the page Server of the settings, or on the command line: --model NAME@URL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close other programs, switch 4-bit on, or choose a smaller model in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut it into smaller files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete it to begin anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Download or copy the model again, or choose another one in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Download or copy the model again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each side can be {MIN_SIDE} to {MAX_SIDE} squares long, border included.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit it instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter it on the page Server of the settings, or put it into the environment variable {VARIABLE}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter it on the page Server of the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find the sections that answer a question, best first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder for the pictures and the advice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of the checkpoint.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of the training; goes on where it stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For instance 0.002.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For instance 0.1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For instance 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For instance 128 and 4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frames of the rollout.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Games with guides: {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Get the model as safetensors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it less with --replay or --replay-mb.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grid (practice)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grid coach</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grid coach, English to Japanese</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grid levels (practice)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long a still screen is watched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long; 40 without a screen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many seeds of each kind --compare trains.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install the coach again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install them: apt-get install {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could not be set aside ({strerror}): rename {path} before changing a setting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is kept as {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is left alone for {pause_s} s; then ask again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may be loading its model: try again, or give it more time on the page Server of the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its profile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Known games: {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Known models: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LLaVA-NeXT 7B</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language of the advice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lead the cat to the crate with the arrow keys; close the game&apos;s window to end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave it out to use the usual value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let an agent play a practice game, and report how well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line {number} of {path} is not a pair of question and answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the report: it says why each was dropped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make it smaller first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make more from longer guides.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make room for {out}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make room for, or allow writing to, {parent}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make room for, or allow writing to, {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make room, or choose another --out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make them smaller on the page Server of the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure how often advice is right through a live capture of the game&apos;s window, at 1x to 4x.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure the Q-network&apos;s features a second: the article&apos;s 50 generated tokens against one forward pass.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure the live loop: capture, gate, answers, the overlay&apos;s rhythm, memory, time to window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure the translator that is there, on 500 answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure what the coach costs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Megabytes that they may take.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mend it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mend or remove {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Monitor {index} is not connected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Montezuma&apos;s Revenge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move {best}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name a model with --model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name a picture in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name a practice game, crafter, or a Gymnasium environment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name another one in the profile {title}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name one in the profile of the game.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name one with --checkpoint.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name or folder of the model whose features it sees.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No Q-network is loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No known game is open. Start the game, or choose its window in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model is loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No pair of question and answer is left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No screen is used: the game is played on a virtual one by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No translation model is loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing speaks the OpenAI protocol at {url} (status {status}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the first episode.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the first {MAX_FILES} guides in {folder} are used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only those of this game.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the game, or choose what to watch in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play a practice game by hand, in a window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play at least one episode.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Positions at each scale.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print one JSON object.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put Markdown, text or HTML into {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Questions without a picture need the text adapter “{adapter}”, which is not installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record every state as JSON lines.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record the interface&apos;s rhythm too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record what happens as JSON lines.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record what was seen and said.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run Xvfb by hand to see why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run it on Linux, or without any screen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save it again, for instance as PNG.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save it as Markdown, text or HTML.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save it as UTF-8.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See that it runs, and check its address on the page Server of the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See that its address is that of an OpenAI protocol, and that its model takes pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See that its model takes pictures, and what the server&apos;s own log says.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See that its model takes pictures, or choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See whether its address begins with http or https, and whether this computer trusts its certificate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the region in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the Q-values, whatever the settings say.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the coach beside a practice game; without a screen it plays by itself and leaves pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong inside the coach; it goes on. The log file says more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Squares of the maps of grid-levels, border included.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start it in a desktop session, or use &quot;coach demo&quot; without one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start the coach on a desktop, or set DISPLAY to one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start the coach: an overlay over your game.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps from one evaluation to the next.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps of learning to answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps of learning to see.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps of the game; the default depends on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Q-network for {game} was trained with the features of {feature_model}, not with those of {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Q-network in {folder} does not have the weights that it says.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Q-network in {folder} has weights that are not numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Q-network {checkpoint} was trained for another game ({game}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Q-network, if not the profile&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Get it{size} on the page Models of the settings, or with: coach models get {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mend it, or delete it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug its drive in, or choose another model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug its drive in, or choose another one with: coach models folder PATH</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The actions of {game} are not numbered, as a Q-network needs them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer could not be translated or kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer was stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The capture has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chosen part of the screen is outside of all monitors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The coach cannot play without a model and a game profile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The coach could not answer: it made a mistake.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The coach does not speak “{name}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The coach gave no advice within {START_S} seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The coach has been stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The coach is not ready yet; it answers as soon as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The coach stopped because of an unexpected error ({name}); {details}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The coach tries again by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The coach&apos;s engine cannot be started.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The coach&apos;s engine hangs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The coach&apos;s engine has stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The coach&apos;s engine said something unreadable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The coach; otherwise as in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to the screen has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The damaged file is kept as {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The damaged file was kept as {aside}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The dqn agent cannot play without a Q-network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file {file} cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file {file} has {length} bytes instead of {promised}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file {file} is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file {value} cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file {value} is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The files of {title} are missing in {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder of your models {chosen} is not there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder of your models {folder} cannot be written to ({strerror}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder {out} cannot be written: {strerror}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The game profile &quot;{profile_id}&quot; could not be deleted: {strerror}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The game profile &quot;{stem}&quot; is damaged ({value}) and is left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The game profile {path} could not be read ({strerror}) and is left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The game runs in exclusive full screen, which cannot be captured. Set it to “borderless window” in its video settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The game that the guides are about.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The guide {name} could not be read: {strerror}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The guide {name} holds no text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The guide {name} is in an encoding that cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The guide {name} is larger than {limit} MB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The guide {name} is not text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The guides for {game} have little to say about this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The guides in {folder} could not be read: {strerror}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The guides that answers are taken from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The guides that are there, and where to put your own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The history could not be opened ({error}); advice is remembered until you quit. Check {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The history was damaged and a new one was begun. The old one is kept as {kept}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring holds no key for {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The learning rate has to be between 0 and 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list of models {file} is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The live loop is measured on X11 only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The log file says more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The log says more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The memory of past translations was damaged and has been started anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model does not fit into the memory of this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model failed at this request.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model folder {folder} has no chat template.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model folder {folder} has no model.safetensors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model folder {folder} has no {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model folder {folder} has no {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model folder {parent} has no {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model in {folder} is no Q-network of the coach.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model in {folder} lacks {value} of its weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The models that give advice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The models that the coach knows, and which of them are on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network has weights that are not numbers, and was not saved; the last good checkpoint stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The old file could not be copied ({strerror}): copy {path} before changing a setting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The old file is kept as {backup}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture could not be read; the coach tries again by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture did not reach the engine whole.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture has been black for a while. If the game is not dark, set it to “borderless window”, or choose its window in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is black: on a Wayland desktop only windows of X11 programs can be read. Choose the game&apos;s window, or log in to an X11 session.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is only {width}×{height} pixels, too small to see anything in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture {path} does not exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture {path} has more than {value} million pixels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture {path} is broken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture {path} is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture {path} is only {width} by {height} pixels large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture {path} may not be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pictures are too large for the server {host}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pictures could not be written: {strerror}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The practice game could not be started.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The practice game did not appear on the screen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The question.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The questions and answers could not be saved as Parquet: {strerror}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The questions and answers in {path} could not be read: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The region of the profile {title} is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The replay memory would take {value} MB, and only {value2} MB are free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The saved training {file} is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The screen cannot be read. Start the coach on a desktop that allows screenshots (X11, not Wayland).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The screen “{name}” cannot be reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The seed has to be 0 or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server {host} broke off its answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server {host} cannot be reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server {host} does not say which models it has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server {host} failed: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server {host} gave no answer that can be understood.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server {host} has no model {model}{told}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server {host} is asked too often.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server {host} is not asked: the coach is to stay offline.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server {host} offers several models: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server {host} refuses the question{told}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server {host} said nothing for {seconds} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server {host} {what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The setting {place} is not usable ({value}); its default is used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The setting {place} is unknown and is ignored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings could not be read ({strerror}); the defaults are used. Check {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are too few different questions to hold some out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no secure connection to the server {host}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again; the server&apos;s own log may say why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock or install one (gnome-keyring or KWallet on Linux), or put the key into the environment variable {VARIABLE}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The state log could not be written: {strerror}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The trace could not be written: {strerror}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training could not be logged: {strerror}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training could not be saved: {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training diverged after {num_timesteps} steps ({error}); the last good checkpoint is {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training in {out} is of another game, model or kind of features.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The translator does not know these words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The translator is not sure of this sentence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The virtual screen (Xvfb) did not start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights in {folder} are a pickle file, which could run any program when it is opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights in {folder} are damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The width has to be a multiple of twice the heads.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {part} in {folder} could not be loaded: it is damaged or of a kind that the coach does not know.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no guides for “{game}”.{why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no levels of {value} x {value2} squares.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a model called {name} already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no PNG file in {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no Q-network {name_or_folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no action “{action}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no agent &quot;{name}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no game &quot;{name}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no game {game} to play: {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no model folder {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no model or model folder called {name_or_folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no picture to answer about.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no practice game called {game}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no screen to show the coach on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no screen to show the game on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no screen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This Q-network knows {value} moves ({value2}), but {game} has {value3} ({value4}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This Q-network was trained for {game}, not for {game2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer has no keyring that the coach can use.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a key: it holds characters that no key has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This machine has no screen, and a virtual one needs programs that are not installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This screen cannot give the picture of a single window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train a Q-network (DQN_LM) on a game: minutes on a CPU for the practice games. The folder gets the best and the last network, their figures and a learning curve; and what TensorBoard shows: tensorboard --logdir FOLDER.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train it anew with: coach train dqn --game {game}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train one with: coach train dqn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train the bundled coach: about two hours on a CPU; goes on where it stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train the models that come with the coach.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train the offline translator of the bundled coach&apos;s answers: minutes on a CPU.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train with a smaller learning rate (--rate).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train with a smaller learning rate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train with each kind of inputs, and print a table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transitions that are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Translations cannot be kept on the disk ({error}); they are remembered until the coach ends.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again when the machine is idle.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again, or choose another model in the settings. The log says more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again; if it happens again, choose another model. The log says more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock the screen, and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use PNG, JPEG, GIF or WebP.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a virtual screen even where there is one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use one with at least {MIN_SIDE_PX} by {MIN_SIDE_PX2} pixels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watch the window of this game, whatever the settings say.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the answer is learned from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the network sees: both, picture or features.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which features: logits or hidden.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write columns x rows, for instance 6x5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write it like Ctrl+Alt+Space or F9, with one key at the end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write something into it, or remove it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the model&apos;s name on the page Server of the settings, or on the command line: --model NAME@URL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your game profiles could not be read ({strerror}). Check {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your list of models {file} cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>any known game</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>coach, dqn, coach+dqn, teacher or random.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>coach, teacher or random.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>grid or grid-levels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>grid, grid-levels, crafter, ALE/Breakout-v5, … or any image environment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>jump</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>macOS&apos;s library {name} is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} positions cannot be scored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{episodes} episodes cannot be played.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{holds} {left_out} later frames were left out to keep it small.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{message} It did so twice at this request.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{message} It is being started again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{message} It is left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{message} It was started again {failures} times in vain.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has to be 1 or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is a share from 0 to 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} could not be read: {strerror}. It is left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} holds {value} frames of {value2} episode(s).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is a folder, not a picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is not TOML. It is left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is not a picture that can be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is not usable ({place}: {value}). It is left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{spelled} is given to two actions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title} is not on this computer yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title} knows only its practice games ({value}). Anything else needs {able}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} has no pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what} could not be saved: {strerror}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what} did not come up within {seconds} seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{window} cannot be read right now. If this stays, choose a part of the screen in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{window} is minimised or on another desktop. The coach goes on when it is shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{window} is not open. The coach goes on when it is back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{game}” is not a game.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{sequence}” alone would take that key from your game.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{sequence}” is not a key that can be a hotkey.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{text}” is not a size.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionBridge</name>
    <message>
        <source>The Q-network would rather go for: {move}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>A game&apos;s profile may ask for more. Another scene is always spoken about at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A known game that is open, a monitor, a part of the screen, a window, or a recording.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A picture that never becomes still is spoken about after this time; 0 waits for ever.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A small picture of what the coach saw is kept on this computer with each piece of advice, whatever was on the screen at that moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Advice about a picture older than this is greyed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Advice is made in English and translated where Japanese is chosen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow online translation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another scene</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the coach a question about what is on the screen now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Capture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Coach</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours of the overlay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Difference of colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag and resize the overlay with the mouse, until pressed again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>English</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fade after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Font size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Game</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>General</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google Translate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grey after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide the overlay, and show it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold it back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hotkeys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much the background of the overlay covers the game; the text is always solid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often the screen is looked at; the coach is asked only when something important changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hz</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep a history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep pictures too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language of the advice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language of the windows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Least difference that counts, of 255 steps; noise is less.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Least time between advice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest wait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menus, settings and messages; changes at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the overlay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name or folder of the model that gives the advice. The bundled one knows only the practice games.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off: nothing that the coach says leaves this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Older advice is deleted by itself; 0 keeps it for ever.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Positions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Q-values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remember a small picture of the screen with each piece of advice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remember advice, questions and answers on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show Q-values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show it, and say so</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide what the Q-network expects of each move.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the advice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Small change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>So many pixels must differ close to each other before a change counts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop unasked advice, and go on with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch the advice between English and Japanese.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The English stays when no translation came in this time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The game that is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The overlay fades when it has had nothing new to say for this long; 0 keeps it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The part of the picture that must differ for another scene.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture must have been still for this long; what moves all the time is left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The profile whose prompt is used; found by the title of the window where it is automatic.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text of each piece of advice is sent over the internet to Google Translate, together with your network address; pictures of your screen are never sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time-out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Translation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Translator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait until still</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What becomes of advice that the Q-network disagrees with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the Q-network expects of each move, in the overlay; for games whose profile names a network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What to watch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When both disagree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When to speak</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the overlay was put, for each layout of monitors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who is asked first for Japanese; Google only where online translation is allowed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width of the overlay where it has not been resized by hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>px</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Monitor {index}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part of the screen, {width} x {height}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window “{title}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recording {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any known game that is open</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Coach settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages of the settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No setting has this in its name or description.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SourceEditor</name>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SourcePicker</name>
    <message>
        <source>What should the coach watch?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any &amp;known game</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watches whichever known game is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Part of the screen…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw a rectangle on the screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Recording…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A GIF, or a folder of PNG pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Re&amp;fresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Windows and monitors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Watch this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for windows…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No other window is open. Start the game, then refresh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no picture now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A GIF, or one picture of a folder of PNG pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SwitchEditor</name>
    <message>
        <source>Switch on</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Coach</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Practice &amp;game</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Windows</name>
    <message>
        <source>Games</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} entries were written to {1}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_EntryModel</name>
    <message>
        <source>When</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Game</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Advice</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>Back to the default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset {title}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
