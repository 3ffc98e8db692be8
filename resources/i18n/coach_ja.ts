<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja">
<context>
    <name>AboutWindow</name>
    <message>
        <source>About the coach</source>
        <translation>コーチについて</translation>
    </message>
    <message>
        <source>Watches your game and suggests the next move. Nothing on your screen leaves this computer unless you allow it in the settings.</source>
        <translation>ゲームの画面を見て次の手を助言します。設定で許可しないかぎり、画面の内容がこのコンピューターの外に出ることはありません。</translation>
    </message>
    <message>
        <source>&amp;Third-party software and licences:</source>
        <translation>含まれる第三者のソフトウェアとライセンス(&amp;T)：</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>ライセンス</translation>
    </message>
    <message>
        <source>This copy runs from its source code. The licences of the packages that it uses are in its Python environment.</source>
        <translation>ソースコードから動作しています。使用パッケージのライセンスは Python 環境の中にあります。</translation>
    </message>
</context>
<context>
    <name>AnswerView</name>
    <message>
        <source>The advice appears here.</source>
        <translation>ここに助言が表示されます。</translation>
    </message>
    <message>
        <source>“{question}”</source>
        <translation>「{question}」</translation>
    </message>
    <message>
        <source>▼ The passage: {key}</source>
        <translation>▼ 元の文章：{key}</translation>
    </message>
    <message>
        <source>▼ More: {key}</source>
        <translation>▼ 続き：{key}</translation>
    </message>
    <message>
        <source>▼ More</source>
        <translation>▼ 続きあり</translation>
    </message>
    <message>
        <source>▲ From the top: {key}</source>
        <translation>▲ 最初へ：{key}</translation>
    </message>
    <message>
        <source>▲ The end</source>
        <translation>▲ ここまで</translation>
    </message>
</context>
<context>
    <name>CardContent</name>
    <message>
        <source>Drag to move, drag a side to resize, or use the arrow keys. Wheel: scroll. Enter keeps it, Esc undoes.</source>
        <translation>ドラッグで移動、端のドラッグで幅を変更。矢印キーでも動かせます。ホイールでスクロール。Enter で確定、Esc で元に戻します。</translation>
    </message>
</context>
<context>
    <name>ChoiceEditor</name>
    <message>
        <source>Folder…</source>
        <translation>フォルダー…</translation>
    </message>
    <message>
        <source>Model folder</source>
        <translation>モデルのフォルダー</translation>
    </message>
</context>
<context>
    <name>CoachActions</name>
    <message>
        <source>&amp;Ask a question…</source>
        <translation>質問する(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Pause advice</source>
        <translation>助言を一時停止(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Show the overlay</source>
        <translation>オーバーレイを表示(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Move and resize the overlay</source>
        <translation>オーバーレイを移動・サイズ変更(&amp;M)</translation>
    </message>
    <message>
        <source>English / 日本&amp;語</source>
        <translation>English / 日本語(&amp;J)</translation>
    </message>
    <message>
        <source>&amp;Unload the model</source>
        <translation>モデルを解放(&amp;U)</translation>
    </message>
    <message>
        <source>Choose what to &amp;watch…</source>
        <translation>見る対象を選ぶ(&amp;W)…</translation>
    </message>
    <message>
        <source>&amp;History…</source>
        <translation>履歴(&amp;H)…</translation>
    </message>
    <message>
        <source>Pi&amp;n the answer</source>
        <translation>回答を固定(&amp;N)</translation>
    </message>
    <message>
        <source>M&amp;odels…</source>
        <translation>モデル(&amp;O)…</translation>
    </message>
    <message>
        <source>Rea&amp;d back</source>
        <translation>前へ戻る(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Read on</source>
        <translation>続きを読む(&amp;R)</translation>
    </message>
    <message>
        <source>Answer: what to do</source>
        <translation>答え：どうするか</translation>
    </message>
    <message>
        <source>Ask aloud</source>
        <translation>声で質問</translation>
    </message>
    <message>
        <source>Brea&amp;k off loading</source>
        <translation>読み込みを中止(&amp;K)</translation>
    </message>
    <message>
        <source>Copy the answer</source>
        <translation>回答をコピー</translation>
    </message>
    <message>
        <source>Hint: what to aim for</source>
        <translation>ヒント：何を目指すか</translation>
    </message>
    <message>
        <source>Lea&amp;ve plain mode</source>
        <translation>簡易モードを終える(&amp;V)</translation>
    </message>
    <message>
        <source>Learn&amp;ing…</source>
        <translation>学習(&amp;I)…</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>いつでも</translation>
    </message>
    <message>
        <source>Nudge: where to look</source>
        <translation>着目点：どこを見るか</translation>
    </message>
    <message>
        <source>Only when asked</source>
        <translation>質問したときだけ</translation>
    </message>
    <message>
        <source>Privac&amp;y…</source>
        <translation>プライバシー(&amp;Y)…</translation>
    </message>
    <message>
        <source>Review only: not while the game runs</source>
        <translation>振り返りだけ：プレイ中は話さない</translation>
    </message>
    <message>
        <source>Review what you &amp;just played…</source>
        <translation>直前のプレイを振り返る…(&amp;Q)</translation>
    </message>
    <message>
        <source>What th&amp;e coach costs…</source>
        <translation>コーチの負荷(&amp;E)…</translation>
    </message>
    <message>
        <source>Say more</source>
        <translation>もっと教える</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>設定(&amp;T)…</translation>
    </message>
    <message>
        <source>Second opinion</source>
        <translation>セカンドオピニオン</translation>
    </message>
    <message>
        <source>Show the last answer again</source>
        <translation>最後の回答をもう一度表示</translation>
    </message>
    <message>
        <source>Speak aloud</source>
        <translation>声で読み上げる</translation>
    </message>
    <message>
        <source>This was good</source>
        <translation>この助言はよかった</translation>
    </message>
    <message>
        <source>This was not good</source>
        <translation>この助言はよくなかった</translation>
    </message>
    <message>
        <source>A&amp;bout the coach…</source>
        <translation>コーチについて(&amp;B)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>終了(&amp;X)</translation>
    </message>
    <message>
        <source>in the coach&apos;s menu</source>
        <translation>コーチのメニューにあります</translation>
    </message>
    <message>
        <source>Gamepad: {buttons}</source>
        <translation>ゲームパッド：{buttons}</translation>
    </message>
</context>
<context>
    <name>ControlWindow</name>
    <message>
        <source>Coach</source>
        <translation>コーチ</translation>
    </message>
    <message>
        <source>What the coach is doing</source>
        <translation>コーチの状態</translation>
    </message>
    <message>
        <source>How much it says in this game:</source>
        <translation>このゲームでどこまで教えるか：</translation>
    </message>
    <message>
        <source>When it speaks in this game:</source>
        <translation>このゲームでいつ話すか：</translation>
    </message>
    <message>
        <source>Practice game:</source>
        <translation>練習ゲーム：</translation>
    </message>
    <message>
        <source>Your play is being recorded.</source>
        <translation>プレイを記録中です。</translation>
    </message>
    <message>
        <source>The coach is running.</source>
        <translation>コーチは動作中です。</translation>
    </message>
</context>
<context>
    <name>CostWindow</name>
    <message>
        <source>What the coach costs</source>
        <translation>コーチの負荷</translation>
    </message>
    <message>
        <source>Measured by switching the coach off for three seconds, and comparing. Frames are counted from outside, by how often the system draws the game&apos;s window.</source>
        <translation>コーチを3秒間止めて比べた結果です。フレームは、システムがゲームのウィンドウを描いた回数から、ゲームの外で数えています。</translation>
    </message>
    <message>
        <source>When the game loses frames because of the coach, the coach does less, step by step:</source>
        <translation>コーチのせいでゲームのフレームが減ると、段階的に負荷を下げます：</translation>
    </message>
    <message>
        <source>&amp;Measure now</source>
        <translation>今すぐ測る(&amp;M)</translation>
    </message>
    <message>
        <source>Frames a second:</source>
        <translation>1秒あたりのフレーム：</translation>
    </message>
    <message>
        <source>Slowest frames (1 of 100):</source>
        <translation>遅いフレーム（100枚に1枚）：</translation>
    </message>
    <message>
        <source>Processor:</source>
        <translation>プロセッサー：</translation>
    </message>
    <message>
        <source>Memory:</source>
        <translation>メモリ：</translation>
    </message>
    <message>
        <source>Graphics card:</source>
        <translation>グラフィックカード：</translation>
    </message>
    <message>
        <source>The coach works at full speed.</source>
        <translation>コーチは通常どおり動いています。</translation>
    </message>
    <message>
        <source>The coach gives way to the game: step {n} of {of}.</source>
        <translation>ゲームに譲って負荷を下げています：{of}段階中の{n}段階目</translation>
    </message>
    <message>
        <source>Measuring: the coach is off for a moment…</source>
        <translation>測定中：コーチは少しの間止まっています…</translation>
    </message>
    <message>
        <source>Not measured yet.</source>
        <translation>まだ測っていません。</translation>
    </message>
    <message>
        <source>Measured {n} s ago, {with_s} s with the coach and {without_s} s without it:</source>
        <translation>{n}秒前の測定（コーチあり{with_s}秒、なし{without_s}秒）：</translation>
    </message>
    <message>
        <source>the coach waits for the processor until nobody else wants it</source>
        <translation>コーチはプロセッサーが空くのを待つ</translation>
    </message>
    <message>
        <source>pictures in the lowest detail</source>
        <translation>画像をいちばん粗く見る</translation>
    </message>
    <message>
        <source>at least 5 seconds between two pieces of advice</source>
        <translation>助言の間を5秒以上あける</translation>
    </message>
    <message>
        <source>one look at the screen a second, and 10 seconds between two pieces of advice</source>
        <translation>画面を見るのは1秒に1回、助言の間は10秒以上</translation>
    </message>
    <message>
        <source>the model is unloaded</source>
        <translation>モデルをメモリから外す</translation>
    </message>
    <message>
        <source>unknown: the game draws too rarely, or this system does not tell</source>
        <translation>不明（ゲームがあまり描画しないか、システムから分かりません）</translation>
    </message>
    <message>
        <source>{with_coach} with the coach, {without} without it: {lost} % lost</source>
        <translation>コーチあり {with_coach}、なし {without}：{lost} % 減</translation>
    </message>
    <message>
        <source>{with_coach} ms with the coach, {without} ms without it</source>
        <translation>コーチあり {with_coach} ミリ秒、なし {without} ミリ秒</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>不明</translation>
    </message>
    <message>
        <source>{n} W more</source>
        <translation>{n} W 増</translation>
    </message>
    <message>
        <source>{n} % of one core</source>
        <translation>1コアの {n} %</translation>
    </message>
    <message>
        <source>{n} MB</source>
        <translation>{n} MB</translation>
    </message>
</context>
<context>
    <name>FairPlay</name>
    <message>
        <source>{rule}

{source}

If the coach speaks while you play, you may break this rule, and lose your account. Shall it speak all the same?</source>
        <translation>{rule}

{source}

プレイ中にコーチが話すと、この規則に違反し、アカウントを失うおそれがあります。それでも話すようにしますか？</translation>
    </message>
    <message>
        <source>Fair play</source>
        <translation>フェアプレイ</translation>
    </message>
    <message>
        <source>Speak</source>
        <translation>話す</translation>
    </message>
</context>
<context>
    <name>FileChooser</name>
    <message>
        <source>Look in:</source>
        <translation>場所:</translation>
    </message>
    <message>
        <source>Files of type:</source>
        <translation>ファイルの種類:</translation>
    </message>
</context>
<context>
    <name>Fonts</name>
    <message>
        <source>No installed font can draw Japanese.</source>
        <translation>日本語を表示できるフォントがありません。</translation>
    </message>
    <message>
        <source>Install one, for instance the package fonts-noto-cjk, and start again.</source>
        <translation>フォント（例：fonts-noto-cjk パッケージ）を入れて、もう一度起動してください。</translation>
    </message>
</context>
<context>
    <name>GamepadEditor</name>
    <message>
        <source>Record</source>
        <translation>記録</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Gamepad</source>
        <translation>ゲームパッド</translation>
    </message>
    <message>
        <source>Press the buttons…</source>
        <translation>ボタンを押してください…</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>microphone on</source>
        <translation>マイクオン</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>記録中</translation>
    </message>
    <message>
        <source>nudge</source>
        <translation>着目点</translation>
    </message>
    <message>
        <source>hint</source>
        <translation>ヒント</translation>
    </message>
    <message>
        <source>edit mode</source>
        <translation>編集中</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>固定中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>一時停止中</translation>
    </message>
    <message>
        <source>unloaded</source>
        <translation>解放済み</translation>
    </message>
    <message>
        <source>gives way {0}/{1}</source>
        <translation>譲り中 {0}/{1}</translation>
    </message>
    <message>
        <source>online</source>
        <translation>オンライン</translation>
    </message>
    <message>
        <source>not translated</source>
        <translation>未翻訳</translation>
    </message>
    <message>
        <source>Listening…</source>
        <translation>聞いています…</translation>
    </message>
    <message>
        <source>Writing down…</source>
        <translation>書き起こしています…</translation>
    </message>
    <message>
        <source>Reading the guides…</source>
        <translation>ガイドを読んでいます…</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>見ています…</translation>
    </message>
    <message>
        <source>Nothing to watch</source>
        <translation>見る対象がありません</translation>
    </message>
    <message>
        <source>{n} ms</source>
        <translation>{n}ミリ秒</translation>
    </message>
    <message>
        <source>now</source>
        <translation>たった今</translation>
    </message>
    <message>
        <source>{n} s ago</source>
        <translation>{n}秒前</translation>
    </message>
    <message>
        <source>{n} min ago</source>
        <translation>{n}分前</translation>
    </message>
    <message>
        <source>{n} h ago</source>
        <translation>{n}時間前</translation>
    </message>
</context>
<context>
    <name>HistoryWindow</name>
    <message>
        <source>Coach history</source>
        <translation>コーチの履歴</translation>
    </message>
    <message>
        <source>Search advice, questions and answers</source>
        <translation>助言・質問・回答を検索</translation>
    </message>
    <message>
        <source>Past advice</source>
        <translation>過去の助言</translation>
    </message>
    <message>
        <source>The selected advice</source>
        <translation>選んだ助言</translation>
    </message>
    <message>
        <source>What the coach saw</source>
        <translation>コーチが見た画面</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>削除(&amp;D)</translation>
    </message>
    <message>
        <source>Delete &amp;all…</source>
        <translation>すべて削除(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>元に戻す(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>書き出す(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Good</source>
        <translation>よかった(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Not good</source>
        <translation>よくなかった(&amp;N)</translation>
    </message>
    <message>
        <source>Why? For instance: too late</source>
        <translation>理由（例：遅すぎる）</translation>
    </message>
    <message>
        <source>How should it have been said?</source>
        <translation>どう言うべきでしたか？</translation>
    </message>
    <message>
        <source>Entries: {count}</source>
        <translation>{count}件</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>見つかりませんでした。</translation>
    </message>
    <message>
        <source>Nothing has been kept yet.</source>
        <translation>まだ記録はありません。</translation>
    </message>
    <message>
        <source>Delete the whole history? Until you quit, you can undo it.</source>
        <translation>履歴をすべて削除しますか？終了するまでは元に戻せます。</translation>
    </message>
    <message>
        <source>Selected: {count}</source>
        <translation>{count}件を選択中</translation>
    </message>
    <message>
        <source>“{question}”</source>
        <translation>「{question}」</translation>
    </message>
    <message>
        <source>{model}, {ms} ms</source>
        <translation>{model}、{ms}ミリ秒</translation>
    </message>
    <message>
        <source>From the guides:</source>
        <translation>ガイドより：</translation>
    </message>
    <message>
        <source>Delete all</source>
        <translation>すべて削除</translation>
    </message>
    <message>
        <source>Export the entries shown</source>
        <translation>表示中の記録を書き出す</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
</context>
<context>
    <name>Hotkeys</name>
    <message>
        <source>{key} is already used by another program.</source>
        <translation>{key} はほかのプログラムが使っています。</translation>
    </message>
    <message>
        <source>Choose another key in the settings, or close that program.</source>
        <translation>設定で別のキーを選ぶか、そのプログラムを終了してください。</translation>
    </message>
    <message>
        <source>This keyboard has no key for {key}.</source>
        <translation>このキーボードには {key} に当たるキーがありません。</translation>
    </message>
    <message>
        <source>Choose another key in the settings.</source>
        <translation>設定で別のキーを選んでください。</translation>
    </message>
    <message>
        <source>This desktop does not allow global hotkeys.</source>
        <translation>このデスクトップではグローバルホットキーを使えません。</translation>
    </message>
    <message>
        <source>Use the tray menu or the coach&apos;s window instead.</source>
        <translation>トレイのメニューか、コーチのウィンドウを使ってください。</translation>
    </message>
    <message>
        <source>Gamepads cannot be used on this computer.</source>
        <translation>このコンピューターではゲームパッドを使えません。</translation>
    </message>
    <message>
        <source>Use the keyboard or the coach&apos;s menu instead.</source>
        <translation>キーボードか、コーチのメニューを使ってください。</translation>
    </message>
</context>
<context>
    <name>KeyBox</name>
    <message>
        <source>Server key</source>
        <translation>サーバーのキー</translation>
    </message>
    <message>
        <source>The key (leave it empty to remove it):</source>
        <translation>キー（空欄にすると削除）：</translation>
    </message>
</context>
<context>
    <name>KeyEditor</name>
    <message>
        <source>Enter…</source>
        <translation>入力…</translation>
    </message>
    <message>
        <source>In the keyring</source>
        <translation>キーリングに保存済み</translation>
    </message>
    <message>
        <source>None</source>
        <translation>なし</translation>
    </message>
</context>
<context>
    <name>LearningWindow</name>
    <message>
        <source>Learning</source>
        <translation>学習</translation>
    </message>
    <message>
        <source>Game</source>
        <translation>ゲーム</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>更新(&amp;R)</translation>
    </message>
    <message>
        <source>Record my own &amp;play of this game while the coach watches</source>
        <translation>コーチが見ている間、このゲームの自分のプレイを記録(&amp;P)</translation>
    </message>
    <message>
        <source>Delete what was &amp;collected…</source>
        <translation>集めたものを削除(&amp;C)…</translation>
    </message>
    <message>
        <source>Delete all that was collected and recorded of {game}, for good?</source>
        <translation>{game}について集めたものと記録をすべて、完全に削除しますか？</translation>
    </message>
    <message>
        <source>Collected</source>
        <translation>集めた経験</translation>
    </message>
    <message>
        <source>Your ratings</source>
        <translation>自分の評価</translation>
    </message>
    <message>
        <source>&amp;Use the model that learned this game for it</source>
        <translation>このゲームを学んだモデルをこのゲームで使う(&amp;U)</translation>
    </message>
    <message>
        <source>Learned</source>
        <translation>学んだこと</translation>
    </message>
    <message>
        <source>Re&amp;member what happens in this game while the coach watches</source>
        <translation>コーチが見ている間、このゲームで起きたことを覚える(&amp;M)</translation>
    </message>
    <message>
        <source>It stays on this computer. Before each advice, the coach is told what fits the moment.</source>
        <translation>このコンピューターにだけ残ります。助言の前に、その場面に合うものがコーチに伝えられます。</translation>
    </message>
    <message>
        <source>When</source>
        <translation>日時</translation>
    </message>
    <message>
        <source>What is remembered</source>
        <translation>覚えていること</translation>
    </message>
    <message>
        <source>How it went</source>
        <translation>結果</translation>
    </message>
    <message>
        <source>Helped</source>
        <translation>役立った回数</translation>
    </message>
    <message>
        <source>Remembered situations</source>
        <translation>覚えている場面</translation>
    </message>
    <message>
        <source>What the coach is told</source>
        <translation>コーチに伝える内容</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Its &amp;own words</source>
        <translation>もとの内容に戻す(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>削除(&amp;D)</translation>
    </message>
    <message>
        <source>Delete &amp;all…</source>
        <translation>すべて削除(&amp;A)…</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>記憶</translation>
    </message>
    <message>
        <source>Nothing yet. Collect experiences with: coach learn {game} collect --how explore</source>
        <translation>まだありません。coach learn {game} collect --how explore で集められます。</translation>
    </message>
    <message>
        <source>by plans</source>
        <translation>計画</translation>
    </message>
    <message>
        <source>task after task</source>
        <translation>課題を順に</translation>
    </message>
    <message>
        <source>by exploring</source>
        <translation>探索</translation>
    </message>
    <message>
        <source>your own play</source>
        <translation>自分のプレイ</translation>
    </message>
    <message>
        <source>your own play in pictures</source>
        <translation>画像による自分のプレイ</translation>
    </message>
    <message>
        <source>Episodes: {count} ({ways})</source>
        <translation>エピソード：{count}（{ways}）</translation>
    </message>
    <message>
        <source>Steps: {count}; {size}</source>
        <translation>手数：{count}、{size}</translation>
    </message>
    <message>
        <source>Questions: {count} to learn from, {held_out} for the test</source>
        <translation>問題：学習用 {count}、テスト用 {held_out}</translation>
    </message>
    <message>
        <source>None yet. Rate advice by its hotkeys, or in the history.</source>
        <translation>まだありません。助言はホットキーか履歴で評価できます。</translation>
    </message>
    <message>
        <source>Good: {good}, not good: {bad}, with better words of yours: {better}</source>
        <translation>よかった：{good}、よくなかった：{bad}、書き直したもの：{better}</translation>
    </message>
    <message>
        <source>Nothing yet. Let a model learn with: coach learn {game} adapt --base MODEL</source>
        <translation>まだ何もありません。モデルに学ばせるコマンド：「coach learn {game} adapt --base MODEL」</translation>
    </message>
    <message>
        <source>{base}: mean reward {before} before, {after} after, in {count} episodes it did not learn from</source>
        <translation>{base}：平均報酬は学ぶ前 {before}、学んだ後 {after}（学習に使っていない {count} エピソード）</translation>
    </message>
    <message>
        <source>It plays better: by {low} to {high}, with 95 % certainty.</source>
        <translation>上達しました。95 % の確かさで {low}～{high} の向上です。</translation>
    </message>
    <message>
        <source>It nearly always makes the same move, and is not recommended.</source>
        <translation>ほとんど同じ手しか選ばないので、お勧めしません。</translation>
    </message>
    <message>
        <source>That it plays better is not certain ({low} to {high}), so it is not recommended.</source>
        <translation>上達したとは言い切れない（{low}～{high}）ので、お勧めしません。</translation>
    </message>
    <message>
        <source>{helped} of {recalled}</source>
        <translation>{recalled} 回中 {helped} 回</translation>
    </message>
    <message>
        <source>Remembered: {count}</source>
        <translation>覚えている場面：{count}</translation>
    </message>
    <message>
        <source>well</source>
        <translation>よい</translation>
    </message>
    <message>
        <source>badly</source>
        <translation>悪い</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>不明</translation>
    </message>
    <message>
        <source>Delete all that is remembered of {game}, for good?</source>
        <translation>{game} について覚えていることを、すべて完全に削除しますか？</translation>
    </message>
    <message>
        <source>Pictures of the game, what you did where that is known, and what was advised stay on this computer, up to the limit in the settings.</source>
        <translation>ゲームの画像、分かる場合はあなたの操作、そしてその間の助言が、設定の上限までこのコンピューターに保存されます。</translation>
    </message>
    <message>
        <source>Delete all</source>
        <translation>すべて削除</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Looking at this computer…</source>
        <translation>このコンピューターを調べています…</translation>
    </message>
    <message>
        <source>Fo&amp;lder…</source>
        <translation>フォルダー(&amp;L)…</translation>
    </message>
    <message>
        <source>OWNER/NAME on the Hugging Face hub, or a folder</source>
        <translation>Hugging Face ハブの「所有者/名前」、またはフォルダー</translation>
    </message>
    <message>
        <source>Another model</source>
        <translation>ほかのモデル</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>追加(&amp;A)</translation>
    </message>
    <message>
        <source>{card}: {free} of {total} are free.</source>
        <translation>{card}：{total} のうち {free} が空いています。</translation>
    </message>
    <message>
        <source>No graphics card that models can use: they run on the processor, slowly. {free} of {total} memory are free.</source>
        <translation>モデルが使えるグラフィックカードがないため、プロセッサーでゆっくり動きます。メモリは {total} のうち {free} が空いています。</translation>
    </message>
    <message>
        <source>Models are kept in {folder} ({disk} free).</source>
        <translation>モデルは {folder} に保存されます（空き {disk}）。</translation>
    </message>
    <message>
        <source>Models folder</source>
        <translation>モデルのフォルダー</translation>
    </message>
    <message>
        <source>Remove {title} from this computer?</source>
        <translation>{title} をこのコンピューターから削除しますか？</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
</context>
<context>
    <name>Overlay</name>
    <message>
        <source>The answer is in the clipboard.</source>
        <translation>回答をクリップボードにコピーしました。</translation>
    </message>
    <message>
        <source>There is no answer yet.</source>
        <translation>回答はまだありません。</translation>
    </message>
    <message>
        <source>Coach</source>
        <translation>コーチ</translation>
    </message>
</context>
<context>
    <name>PracticePanel</name>
    <message>
        <source>Keys</source>
        <translation>キー</translation>
    </message>
    <message>
        <source>Achievements {done} of {all}</source>
        <translation>実績 {done} / {all}</translation>
    </message>
</context>
<context>
    <name>PracticeWindow</name>
    <message>
        <source>Board</source>
        <translation>盤面</translation>
    </message>
    <message>
        <source>What if? Press the key of another move.</source>
        <translation>もしも：別の手のキーを押してください。</translation>
    </message>
    <message>
        <source>What if? Press another move.</source>
        <translation>もしも：別の手を押してください。</translation>
    </message>
    <message>
        <source>Reward {reward}   ·   Step {steps} of {limit}   ·   Episode {episode}</source>
        <translation>報酬 {reward}   ·   {steps} / {limit} 手   ·   エピソード {episode}</translation>
    </message>
    <message>
        <source>Reward {reward} · Step {steps}/{limit}</source>
        <translation>報酬 {reward} · {steps}/{limit} 手</translation>
    </message>
    <message>
        <source>Arrow keys or WASD: move   ·   R: start again   ·   N: next level</source>
        <translation>矢印キー・WASD：移動   ·   R：やり直し   ·   N：次の面</translation>
    </message>
    <message>
        <source>Arrows: move · R: again · N: next</source>
        <translation>矢印：移動 · R：最初から · N：次</translation>
    </message>
    <message>
        <source>Out of steps.</source>
        <translation>手数の上限に達しました。</translation>
    </message>
    <message>
        <source>R: again · N: next</source>
        <translation>R：もう一度 · N：次へ</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message>
        <source>Stay &amp;offline: refuse every connection to another computer</source>
        <translation>オフラインのまま使う：ほかのコンピューターへの接続をすべて断る(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>更新(&amp;R)</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>プライバシー</translation>
    </message>
    <message>
        <source>&amp;Given to models</source>
        <translation>モデルに渡したもの(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>通信(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Kept on this computer</source>
        <translation>保存されているもの(&amp;K)</translation>
    </message>
    <message>
        <source>The last pictures and prompts, exactly as models got them. They are in memory only, and gone when you quit.</source>
        <translation>モデルに渡した最近の画像とプロンプトを、渡したとおりに示します。メモリにあるだけで、終了すると消えます。</translation>
    </message>
    <message>
        <source>What models were given, newest first</source>
        <translation>モデルに渡したもの（新しい順）</translation>
    </message>
    <message>
        <source>The picture that was given</source>
        <translation>渡した画像</translation>
    </message>
    <message>
        <source>The text that was given</source>
        <translation>渡した文章</translation>
    </message>
    <message>
        <source>&amp;Forget these</source>
        <translation>これらを忘れる(&amp;F)</translation>
    </message>
    <message>
        <source>Where to</source>
        <translation>宛先</translation>
    </message>
    <message>
        <source>What for</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>回数</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>送信</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>受信</translation>
    </message>
    <message>
        <source>Network traffic by destination</source>
        <translation>宛先ごとの通信量</translation>
    </message>
    <message>
        <source>Tick what you want to keep. What is not ticked is deleted for good, and the coach quits.</source>
        <translation>残したいものにチェックを付けてください。チェックのないものは完全に削除され、コーチは終了します。</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>残す</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>サイズ</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>場所</translation>
    </message>
    <message>
        <source>What is kept on this computer</source>
        <translation>このコンピューターに保存されているもの</translation>
    </message>
    <message>
        <source>&amp;Delete all that is not ticked…</source>
        <translation>チェックのないものをすべて削除(&amp;D)…</translation>
    </message>
    <message>
        <source>left this computer</source>
        <translation>このコンピューターの外へ</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>このコンピューター内</translation>
    </message>
    <message>
        <source>Nothing yet.</source>
        <translation>まだ何もありません。</translation>
    </message>
    <message>
        <source>(only the picture)</source>
        <translation>（画像のみ）</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} ピクセル</translation>
    </message>
    <message>
        <source>Bytes that ever left this computer: {count}</source>
        <translation>これまでにこのコンピューターの外へ送ったバイト数：{count}</translation>
    </message>
    <message>
        <source>downloads</source>
        <translation>ダウンロード</translation>
    </message>
    <message>
        <source>a server of yours</source>
        <translation>自分のサーバー</translation>
    </message>
    <message>
        <source>translation</source>
        <translation>翻訳</translation>
    </message>
    <message>
        <source>(this computer)</source>
        <translation>（このコンピューター）</translation>
    </message>
    <message>
        <source>the system&apos;s keyring</source>
        <translation>システムのキーリング</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Key of your server</source>
        <translation>サーバーのキー</translation>
    </message>
    <message>
        <source>Your game profiles</source>
        <translation>自作のゲームプロファイル</translation>
    </message>
    <message>
        <source>Your guides</source>
        <translation>自分の攻略ガイド</translation>
    </message>
    <message>
        <source>History, with its pictures</source>
        <translation>履歴とその画像</translation>
    </message>
    <message>
        <source>Translations</source>
        <translation>翻訳</translation>
    </message>
    <message>
        <source>Recorded practice games</source>
        <translation>練習ゲームの記録</translation>
    </message>
    <message>
        <source>Experiences to learn from</source>
        <translation>学習用の経験</translation>
    </message>
    <message>
        <source>Remembered situations</source>
        <translation>覚えている場面</translation>
    </message>
    <message>
        <source>Your ratings, with their pictures</source>
        <translation>自分の評価とその画像</translation>
    </message>
    <message>
        <source>Downloaded models</source>
        <translation>ダウンロードしたモデル</translation>
    </message>
    <message>
        <source>Network log</source>
        <translation>通信の記録</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>ログ</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>その他</translation>
    </message>
    <message>
        <source>Delete for good, and quit the coach? {kinds}</source>
        <translation>次のものを完全に削除し、コーチを終了しますか。{kinds}</translation>
    </message>
    <message>
        <source>Delete and quit</source>
        <translation>削除して終了</translation>
    </message>
</context>
<context>
    <name>ProfileEditor</name>
    <message>
        <source>Edit a game profile</source>
        <translation>ゲームプロファイルの編集</translation>
    </message>
    <message>
        <source>New game profile</source>
        <translation>新しいゲームプロファイル</translation>
    </message>
    <message>
        <source>Open windows</source>
        <translation>開いているウィンドウ</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Same as in the settings</source>
        <translation>設定に従う</translation>
    </message>
    <message>
        <source>Use an open window…</source>
        <translation>開いているウィンドウから選ぶ…</translation>
    </message>
    <message>
        <source>Answer: what to do</source>
        <translation>答え：どうするか</translation>
    </message>
    <message>
        <source>Hint: what to aim for</source>
        <translation>ヒント：何を目指すか</translation>
    </message>
    <message>
        <source>Nudge: where to look</source>
        <translation>着目点：どこを見るか</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>いつでも</translation>
    </message>
    <message>
        <source>Only when asked</source>
        <translation>質問したときだけ</translation>
    </message>
    <message>
        <source>Unload the model when the game starts, until I ask a question</source>
        <translation>ゲームの開始時にモデルを解放し、質問するまで待つ</translation>
    </message>
    <message>
        <source>None</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>None: screen only</source>
        <translation>なし（画面の質問だけ）</translation>
    </message>
    <message>
        <source>A text adapter or text model, which answers from the guides.</source>
        <translation>攻略ガイドをもとに答える、テキスト用のアダプターかモデルです。</translation>
    </message>
    <message>
        <source>Screen question</source>
        <translation>画面の質問</translation>
    </message>
    <message>
        <source>Game question</source>
        <translation>ゲームの質問</translation>
    </message>
    <message>
        <source>Only part of the picture</source>
        <translation>画面の一部だけを見る</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>上</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>右</translation>
    </message>
    <message>
        <source>Bottom</source>
        <translation>下</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名前(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Window (pattern)</source>
        <translation>ウィンドウ（パターン）(&amp;W)</translation>
    </message>
    <message>
        <source>P&amp;rogram (pattern)</source>
        <translation>プログラム（パターン）(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Prompt</source>
        <translation>プロンプト(&amp;P)</translation>
    </message>
    <message>
        <source>Prompt for a &amp;hint</source>
        <translation>ヒントのためのプロンプト(&amp;H)</translation>
    </message>
    <message>
        <source>Prompt for a nu&amp;dge</source>
        <translation>着目点のためのプロンプト(&amp;D)</translation>
    </message>
    <message>
        <source>How much it says</source>
        <translation>どこまで教えるか</translation>
    </message>
    <message>
        <source>When it speaks</source>
        <translation>いつ話すか</translation>
    </message>
    <message>
        <source>&amp;Moves</source>
        <translation>手(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>言語(&amp;L)</translation>
    </message>
    <message>
        <source>Minimum time b&amp;etween advice</source>
        <translation>助言の最短間隔(&amp;E)</translation>
    </message>
    <message>
        <source>Q&amp;uestions start as</source>
        <translation>質問の種類(&amp;U)</translation>
    </message>
    <message>
        <source>This part of the picture is empty: left must be less than right, and top less than bottom.</source>
        <translation>画面の範囲が空です。左は右より、上は下より小さくしてください。</translation>
    </message>
    <message>
        <source>The window pattern is not a valid regular expression.</source>
        <translation>ウィンドウのパターンが正規表現になっていません。</translation>
    </message>
    <message>
        <source>The program pattern is not a valid regular expression.</source>
        <translation>プログラムのパターンが正規表現になっていません。</translation>
    </message>
    <message>
        <source>Game</source>
        <translation>ゲーム</translation>
    </message>
    <message>
        <source>The chosen source, live</source>
        <translation>選んだ対象の今の様子</translation>
    </message>
    <message>
        <source>“{title}”, live</source>
        <translation>「{title}」の今の様子</translation>
    </message>
    <message>
        <source>No window of this game is open; this is what the coach watches, live</source>
        <translation>このゲームのウィンドウは開いていません。コーチが今見ているものです</translation>
    </message>
    <message>
        <source>Not a valid pattern: {reason}</source>
        <translation>正しいパターンではありません：{reason}</translation>
    </message>
    <message>
        <source>No open window matches.</source>
        <translation>当てはまるウィンドウは開いていません。</translation>
    </message>
    <message>
        <source>Give the game a name.</source>
        <translation>ゲームの名前を入力してください。</translation>
    </message>
    <message>
        <source>empty: only when you choose the game</source>
        <translation>空欄：手で選んだときだけ使います</translation>
    </message>
    <message>
        <source>any but file managers</source>
        <translation>ファイルマネージャー以外</translation>
    </message>
    <message>
        <source>As the game&apos;s rules allow</source>
        <translation>ゲームの規則に従う</translation>
    </message>
    <message>
        <source>Review only</source>
        <translation>振り返りだけ</translation>
    </message>
    <message>
        <source>left, right, jump; empty: none</source>
        <translation>left, right, jump など（なければ空欄）</translation>
    </message>
    <message>
        <source>A network that rates each move.</source>
        <translation>それぞれの手を評価するネットワークです。</translation>
    </message>
    <message>
        <source>Second &amp;opinion</source>
        <translation>セカンドオピニオン(&amp;O)</translation>
    </message>
    <message>
        <source>Answers from &amp;guides</source>
        <translation>攻略ガイドから答えるモデル(&amp;G)</translation>
    </message>
    <message>
        <source>Write a prompt of at most 2000 characters: what should the coach be asked?</source>
        <translation>コーチに何を尋ねるかを、2000文字以内のプロンプトで書いてください。</translation>
    </message>
    <message>
        <source>Open now: {titles}</source>
        <translation>今開いているもの：{titles}</translation>
    </message>
</context>
<context>
    <name>ProfilesPage</name>
    <message>
        <source>What the coach is asked in each game. The window&apos;s title decides which profile is used.</source>
        <translation>ゲームごとにコーチへ尋ねる内容です。プロファイルはウィンドウのタイトルで選ばれます。</translation>
    </message>
    <message>
        <source>Game profiles</source>
        <translation>ゲームプロファイル</translation>
    </message>
    <message>
        <source>&amp;Add…</source>
        <translation>追加(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>編集(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>削除(&amp;D)</translation>
    </message>
    <message>
        <source> (your own)</source>
        <translation>（自作）</translation>
    </message>
    <message>
        <source>Delete your profile “{title}”?</source>
        <translation>プロファイル「{title}」を削除しますか？</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
</context>
<context>
    <name>PromptTrial</name>
    <message>
        <source>Looking…</source>
        <translation>画面を読み取っています…</translation>
    </message>
    <message>
        <source>&amp;Try this prompt</source>
        <translation>このプロンプトを試す(&amp;T)</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>停止(&amp;P)</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>What the coach answers to the prompt about this picture</source>
        <translation>この画像について、プロンプトにコーチがどう答えるか</translation>
    </message>
    <message>
        <source>Asking the coach…</source>
        <translation>コーチに聞いています…</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>Move: {move}</source>
        <translation>次の一手：{move}</translation>
    </message>
    <message>
        <source>No move is named.</source>
        <translation>次の一手は示されませんでした。</translation>
    </message>
</context>
<context>
    <name>QPanel</name>
    <message>
        <source>Second opinion</source>
        <translation>セカンドオピニオン</translation>
    </message>
    <message>
        <source>best: {move}</source>
        <translation>最善：{move}</translation>
    </message>
    <message>
        <source>No game in sight.</source>
        <translation>ゲームが見つかりません。</translation>
    </message>
    <message>
        <source>There is no second opinion for this game yet. Train one with: {command}</source>
        <translation>このゲームにはまだセカンドオピニオンがありません。次で学習できます：{command}</translation>
    </message>
</context>
<context>
    <name>QuestionBox</name>
    <message>
        <source>Ask the coach</source>
        <translation>コーチに質問</translation>
    </message>
    <message>
        <source>Ask about {game}</source>
        <translation>{game} について質問</translation>
    </message>
    <message>
        <source>What should I practise first?</source>
        <translation>まず何を練習すればいい？</translation>
    </message>
    <message>
        <source>Ask about this moment</source>
        <translation>この場面について質問</translation>
    </message>
    <message>
        <source>Enter says more, or ask something</source>
        <translation>Enterでもっと教える、または質問を入力</translation>
    </message>
    <message>
        <source>Enter asks</source>
        <translation>Enter 質問</translation>
    </message>
    <message>
        <source>Esc stops the answer</source>
        <translation>Esc 回答を中止</translation>
    </message>
    <message>
        <source>Esc closes</source>
        <translation>Esc 閉じる</translation>
    </message>
    <message>
        <source>↑ earlier questions</source>
        <translation>↑ 過去の質問</translation>
    </message>
    <message>
        <source>Ctrl+G switches</source>
        <translation>Ctrl+G 切り替え</translation>
    </message>
    <message>
        <source>Where should I go?</source>
        <translation>どこへ行けばいい？</translation>
    </message>
    <message>
        <source>The moment you are asking about</source>
        <translation>質問する場面</translation>
    </message>
    <message>
        <source>Kind of question</source>
        <translation>質問の種類</translation>
    </message>
    <message>
        <source>Screen question</source>
        <translation>画面の質問</translation>
    </message>
    <message>
        <source>Game question</source>
        <translation>ゲームの質問</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>質問</translation>
    </message>
</context>
<context>
    <name>RegionPicture</name>
    <message>
        <source>Live picture</source>
        <translation>今の画像</translation>
    </message>
    <message>
        <source>Drag, or use the arrow keys, to choose the part that the coach looks at; with Shift they resize.</source>
        <translation>ドラッグか矢印キーで、コーチが見る範囲を選びます。Shift を押しながらだと大きさが変わります。</translation>
    </message>
</context>
<context>
    <name>RegionSheet</name>
    <message>
        <source>Draw the part of the screen to watch</source>
        <translation>見る範囲を描いてください</translation>
    </message>
    <message>
        <source>Game</source>
        <translation>ゲーム</translation>
    </message>
    <message>
        <source>As in the settings</source>
        <translation>設定のとおり</translation>
    </message>
    <message>
        <source>Game:</source>
        <translation>ゲーム：</translation>
    </message>
    <message>
        <source>&amp;Watch this</source>
        <translation>これを見る(&amp;W)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>&amp;Next screen</source>
        <translation>次の画面(&amp;N)</translation>
    </message>
    <message>
        <source>Drag to draw; drag a handle to move or resize. Arrow keys move, with Shift they resize, with Ctrl by one pixel. Return or a double click: watch this part. Escape: cancel.</source>
        <translation>ドラッグで範囲を描き、つまみのドラッグで移動や変形ができます。矢印キーで移動、Shift を押しながらで大きさの変更、Ctrl を押しながらで1ピクセルずつ。Enter かダブルクリックでこの範囲を見ます。Esc でやめます。</translation>
    </message>
</context>
<context>
    <name>ReviewWindow</name>
    <message>
        <source>Coach review</source>
        <translation>コーチの振り返り</translation>
    </message>
    <message>
        <source>What to review</source>
        <translation>振り返る対象</translation>
    </message>
    <message>
        <source>Moments, the worst first</source>
        <translation>場面（損失の大きい順）</translation>
    </message>
    <message>
        <source>What was seen</source>
        <translation>見えていた画面</translation>
    </message>
    <message>
        <source>&amp;Show the answer</source>
        <translation>答えを見る(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>やり直す(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Open a file…</source>
        <translation>ファイルを開く(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>書き出す(&amp;E)…</translation>
    </message>
    <message>
        <source>Recording of a practice game</source>
        <translation>練習ゲームの記録</translation>
    </message>
    <message>
        <source>Video or GIF of {0}</source>
        <translation>{0} の動画または GIF</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>録画</translation>
    </message>
    <message>
        <source>The review was written to {0}.</source>
        <translation>振り返りを{0}に書き出しました。</translation>
    </message>
    <message>
        <source>Well done: that is as good as the teacher&apos;s move.</source>
        <translation>お見事。先生の手と同じくらいよい手です。</translation>
    </message>
    <message>
        <source>That costs {cost}. Press R to try again.</source>
        <translation>損失は{cost}です。Rキーでやり直せます。</translation>
    </message>
    <message>
        <source>Export the review into a folder</source>
        <translation>振り返りをフォルダーに書き出す</translation>
    </message>
</context>
<context>
    <name>Row</name>
    <message>
        <source>Reset to default</source>
        <translation>既定に戻す</translation>
    </message>
    <message>
        <source>Reset {title}</source>
        <translation>{title}を既定に戻す</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>&quot;{profile_id}&quot; came with the coach and cannot be deleted.</source>
        <translation>「{profile_id}」は付属のプロファイルなので削除できません。</translation>
    </message>
    <message>
        <source>A file of {hub_id} is missing at the hub.</source>
        <translation>{hub_id} のファイルがハブにありません。</translation>
    </message>
    <message>
        <source>A picture of the game.</source>
        <translation>ゲームの画像。</translation>
    </message>
    <message>
        <source>A question, or words.</source>
        <translation>質問または言葉。</translation>
    </message>
    <message>
        <source>The window ended unexpectedly (status {returncode}).</source>
        <translation>ウィンドウが予期せず終了しました（状態 {returncode}）。</translation>
    </message>
    <message>
        <source>Aborted!</source>
        <translation>中止しました。</translation>
    </message>
    <message>
        <source>Actions are {value}.</source>
        <translation>使える操作：{value}。</translation>
    </message>
    <message>
        <source>Add Ctrl, Alt or Meta, or use a key such as F9.</source>
        <translation>Ctrl・Alt・Meta を加えるか、F9 などのキーを使ってください。</translation>
    </message>
    <message>
        <source>Add one with: coach models add ID-OR-FOLDER, or train one with: coach train tips</source>
        <translation>coach models add ID-OR-FOLDER で追加するか、coach train tips で学習させてください。</translation>
    </message>
    <message>
        <source>Advice about one picture.</source>
        <translation>1枚の画像について助言します。</translation>
    </message>
    <message>
        <source>Agree, or start it with --yes.</source>
        <translation>同意するか、--yes を付けて始めてください。</translation>
    </message>
    <message>
        <source>Allow writing to it, or choose another one with: coach models folder PATH</source>
        <translation>書き込みを許可するか、次で別のフォルダーを選んでください：coach models folder PATH</translation>
    </message>
    <message>
        <source>Allow writing to {parent}.</source>
        <translation>{parent} への書き込みを許可してください。</translation>
    </message>
    <message>
        <source>Allow writing to {path}, or make room.</source>
        <translation>{path} への書き込みを許可するか、空き容量を増やしてください。</translation>
    </message>
    <message>
        <source>Allow writing to {path}.</source>
        <translation>{path} への書き込みを許可してください。</translation>
    </message>
    <message>
        <source>An adapter, or a text model; the game&apos;s by default.</source>
        <translation>アダプター、またはテキストモデル。既定はゲームのものです。</translation>
    </message>
    <message>
        <source>Apache-2.0</source>
        <translation>Apache-2.0</translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation>引数</translation>
    </message>
    <message>
        <source>Ask a game question: one about a game, not about a screen, answered from the game&apos;s guides.</source>
        <translation>ゲームについて質問します。画面についてではない質問で、ゲームのガイドから答えます。</translation>
    </message>
    <message>
        <source>Ask for one or more.</source>
        <translation>1以上を指定してください。</translation>
    </message>
    <message>
        <source>Asked instead of the profile&apos;s prompt.</source>
        <translation>プロファイルのプロンプトの代わりに尋ねる質問。</translation>
    </message>
    <message>
        <source>A live game coach: watches the screen and suggests the next move in an overlay.</source>
        <translation>ゲームのライブコーチ：画面を見て、次の手をオーバーレイで助言します。</translation>
    </message>
    <message>
        <source>A model on this computer; by default, the one in the settings.</source>
        <translation>このコンピューターのモデル。省略すると設定のモデルを使います。</translation>
    </message>
    <message>
        <source>A window of the demo was closed too early.</source>
        <translation>デモのウィンドウが途中で閉じられました。</translation>
    </message>
    <message>
        <source>Add another model to the list.</source>
        <translation>モデルを一覧に追加します。</translation>
    </message>
    <message>
        <source>Added {name}, {value} GB in {value2}.</source>
        <translation>{name}（{value} GB、{value2}）を追加しました。</translation>
    </message>
    <message>
        <source>Also record how smoothly the interface runs.</source>
        <translation>表示の滑らかさも記録します。</translation>
    </message>
    <message>
        <source>Branch, tag or commit at the hub.</source>
        <translation>ハブのブランチ・タグ・コミット。</translation>
    </message>
    <message>
        <source>CC-BY-SA-4.0</source>
        <translation>CC-BY-SA-4.0</translation>
    </message>
    <message>
        <source>Change its permissions.</source>
        <translation>アクセス権を変更してください。</translation>
    </message>
    <message>
        <source>Check only this one; fails if it does not fit.</source>
        <translation>これだけを調べ、収まらなければ失敗します。</translation>
    </message>
    <message>
        <source>Check that it speaks the OpenAI protocol at this address, and that its model accepts pictures.</source>
        <translation>アドレスが OpenAI プロトコルのものか、モデルが画像に対応しているかを確認してください。</translation>
    </message>
    <message>
        <source>Check that its model accepts pictures, and what the server&apos;s own log says.</source>
        <translation>モデルが画像に対応しているかと、サーバーのログを確認してください。</translation>
    </message>
    <message>
        <source>Check that its model accepts pictures, or choose another one.</source>
        <translation>モデルが画像に対応しているか確認するか、別のモデルを選んでください。</translation>
    </message>
    <message>
        <source>Check the file.</source>
        <translation>ファイルを確認してください。</translation>
    </message>
    <message>
        <source>Check the free space and the permissions of the coach&apos;s data folder.</source>
        <translation>コーチのデータフォルダーの空き容量とアクセス権を確認してください。</translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation>パスを確認してください。</translation>
    </message>
    <message>
        <source>Check whether its address begins with http or https, and whether this computer trusts its certificate.</source>
        <translation>アドレスが http か https で始まるか、証明書が信頼されているかを確認してください。</translation>
    </message>
    <message>
        <source>Check {path}.</source>
        <translation>{path} を確認してください。</translation>
    </message>
    <message>
        <source>Choose a LoRA adapter.</source>
        <translation>LoRA アダプターを選んでください。</translation>
    </message>
    <message>
        <source>Choose a folder with the pictures of a recording.</source>
        <translation>録画の画像が入ったフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>Choose a large model for pictures or text.</source>
        <translation>画像用かテキスト用の大きなモデルを選んでください。</translation>
    </message>
    <message>
        <source>Choose a larger window, region or picture.</source>
        <translation>もっと大きいウィンドウ・範囲・画像を選んでください。</translation>
    </message>
    <message>
        <source>Choose a monitor or a part of the screen instead.</source>
        <translation>代わりにモニターか画面の一部を選んでください。</translation>
    </message>
    <message>
        <source>Choose a smaller model, 4 bits or less detailed pictures in the settings, or close other programs.</source>
        <translation>設定で小さいモデル、4ビット、または粗い画像を選ぶか、ほかのプログラムを終了してください。</translation>
    </message>
    <message>
        <source>Choose a window, region or picture of another shape.</source>
        <translation>別の形のウィンドウ、範囲、または画像を選んでください。</translation>
    </message>
    <message>
        <source>Choose an instruction-tuned model.</source>
        <translation>指示に従うように学習したモデルを選んでください。</translation>
    </message>
    <message>
        <source>Choose another adapter, or the base model that it was trained for.</source>
        <translation>別のアダプターを選ぶか、このアダプターの学習に使われたベースモデルを選んでください。</translation>
    </message>
    <message>
        <source>Choose another adapter.</source>
        <translation>別のアダプターを選んでください。</translation>
    </message>
    <message>
        <source>Choose another agent, or one of: {taught}.</source>
        <translation>別のエージェントか、次のゲームから選んでください：{taught}。</translation>
    </message>
    <message>
        <source>Choose another checkpoint.</source>
        <translation>別のチェックポイントを選んでください。</translation>
    </message>
    <message>
        <source>Choose another coach in the settings.</source>
        <translation>設定で別のコーチを選んでください。</translation>
    </message>
    <message>
        <source>Choose another file; nothing was changed.</source>
        <translation>別のファイルを選んでください。設定は変わっていません。</translation>
    </message>
    <message>
        <source>Choose another folder with --out, or delete that one.</source>
        <translation>--out で別のフォルダーを選ぶか、そのフォルダーを削除してください。</translation>
    </message>
    <message>
        <source>Choose another game.</source>
        <translation>別のゲームを選んでください。</translation>
    </message>
    <message>
        <source>Choose another key for one of them.</source>
        <translation>どちらかに別のキーを選んでください。</translation>
    </message>
    <message>
        <source>Choose another model or folder in the settings.</source>
        <translation>設定で別のモデルかフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>Choose another model, or a revision of it that has safetensors.</source>
        <translation>別のモデルか、safetensors のあるリビジョンを選んでください。</translation>
    </message>
    <message>
        <source>Choose another name with --name.</source>
        <translation>--name で別の名前を選んでください。</translation>
    </message>
    <message>
        <source>Choose another one with --out.</source>
        <translation>--out で別の場所を選んでください。</translation>
    </message>
    <message>
        <source>Choose another one, or play it from a checkout.</source>
        <translation>別のゲームを選ぶか、ソースコードから実行してください。</translation>
    </message>
    <message>
        <source>Choose another translation model in the settings.</source>
        <translation>設定で別の翻訳モデルを選んでください。</translation>
    </message>
    <message>
        <source>Choose en or ja.</source>
        <translation>en か ja を選んでください。</translation>
    </message>
    <message>
        <source>Choose one in the settings.</source>
        <translation>設定で選んでください。</translation>
    </message>
    <message>
        <source>Choose one of: {value}.</source>
        <translation>次から選んでください：{value}。</translation>
    </message>
    <message>
        <source>Choose one of: {value}; or name an environment of Gymnasium&apos;s.</source>
        <translation>次から選ぶか、Gymnasium の環境を指定してください：{value}。</translation>
    </message>
    <message>
        <source>Close other programs, or let another computer answer.</source>
        <translation>ほかのプログラムを終了するか、別のコンピューターに回答させてください。</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>コマンド</translation>
    </message>
    <message>
        <source>Connect its drive, or allow writing to it, and resume; what has been downloaded is kept.</source>
        <translation>ドライブを接続するか書き込みを許可して、再開してください。ダウンロード済みの分は残っています。</translation>
    </message>
    <message>
        <source>Connect its drive, or choose another model.</source>
        <translation>ドライブを接続するか、別のモデルを選んでください。</translation>
    </message>
    <message>
        <source>Connect its drive, or choose another one with: coach models folder PATH</source>
        <translation>ドライブを接続するか、次で別のフォルダーを選んでください：coach models folder PATH</translation>
    </message>
    <message>
        <source>Copy it again.</source>
        <translation>もう一度コピーしてください。</translation>
    </message>
    <message>
        <source>Correct it, or delete it.</source>
        <translation>修正するか、削除してください。</translation>
    </message>
    <message>
        <source>Correct it.</source>
        <translation>修正してください。</translation>
    </message>
    <message>
        <source>Correct or remove {path}.</source>
        <translation>{path} を修正するか、取り除いてください。</translation>
    </message>
    <message>
        <source>Correct that variable, or unset it.</source>
        <translation>その変数を修正するか、未設定にしてください。</translation>
    </message>
    <message>
        <source>Cut it into smaller files.</source>
        <translation>小さいファイルに分けてください。</translation>
    </message>
    <message>
        <source>Folder of the training; resumes where it stopped.</source>
        <translation>学習のフォルダー。中断したところから再開します。</translation>
    </message>
    <message>
        <source>How long to watch a still screen.</source>
        <translation>静止画面を見る時間。</translation>
    </message>
    <message>
        <source>How often the teacher votes on outside names in each pair.</source>
        <translation>各組の外部の名前について教師に尋ねる回数。</translation>
    </message>
    <message>
        <source>How often to repeat a failed request.</source>
        <translation>失敗したリクエストを繰り返す回数。</translation>
    </message>
    <message>
        <source>Delete it there with: hf cache rm</source>
        <translation>次で削除できます：hf cache rm</translation>
    </message>
    <message>
        <source>Delete it to begin anew.</source>
        <translation>削除すると最初からやり直せます。</translation>
    </message>
    <message>
        <source>Download or copy the model again, or choose another one in the settings.</source>
        <translation>モデルをもう一度ダウンロードかコピーするか、設定で別のモデルを選んでください。</translation>
    </message>
    <message>
        <source>Download or copy the model again.</source>
        <translation>モデルをもう一度ダウンロードかコピーしてください。</translation>
    </message>
    <message>
        <source>Edit it instead.</source>
        <translation>代わりに編集してください。</translation>
    </message>
    <message>
        <source>Error: {message}</source>
        <translation>エラー：{message}</translation>
    </message>
    <message>
        <source>Find the sections that answer a question, best first.</source>
        <translation>質問に答える節を、関連の深い順に探します。</translation>
    </message>
    <message>
        <source>Folder for the pairs; resumes where it stopped.</source>
        <translation>組を保存するフォルダー。中断したところから再開します。</translation>
    </message>
    <message>
        <source>Folder for the pictures and the advice.</source>
        <translation>画像と助言を保存するフォルダー。</translation>
    </message>
    <message>
        <source>Folder of the adapter; resumes where it stopped.</source>
        <translation>アダプターのフォルダー。中断したところから再開します。</translation>
    </message>
    <message>
        <source>Folder of the checkpoint.</source>
        <translation>チェックポイントのフォルダー。</translation>
    </message>
    <message>
        <source>For instance 0.002.</source>
        <translation>例：0.002</translation>
    </message>
    <message>
        <source>For instance 0.1.</source>
        <translation>例：0.1</translation>
    </message>
    <message>
        <source>For instance 1.</source>
        <translation>例：1</translation>
    </message>
    <message>
        <source>For instance 128 and 4.</source>
        <translation>例：128 と 4</translation>
    </message>
    <message>
        <source>Frames of the rollout.</source>
        <translation>試行のフレーム数。</translation>
    </message>
    <message>
        <source>Free some space and resume; what has been downloaded is kept.</source>
        <translation>空き容量を増やして、再開してください。ダウンロード済みの分は残っています。</translation>
    </message>
    <message>
        <source>FuguMT, English to Japanese</source>
        <translation>FuguMT（英日翻訳）</translation>
    </message>
    <message>
        <source>GB to leave to a game not running yet.</source>
        <translation>まだ起動していないゲームに残す GB 数。</translation>
    </message>
    <message>
        <source>Games with guides: {value}.</source>
        <translation>ガイドのあるゲーム：{value}。</translation>
    </message>
    <message>
        <source>Download it again with: coach models get {name}</source>
        <translation>次でもう一度取得してください：coach models get {name}</translation>
    </message>
    <message>
        <source>Adapt all of a small model, its eyes too.</source>
        <translation>小さなモデルの全体を、画像を見る部分も含めて適応させます。</translation>
    </message>
    <message>
        <source>After: mean reward {mean_reward}.</source>
        <translation>学んだ後：平均報酬 {mean_reward}。</translation>
    </message>
    <message>
        <source>Allow more in the settings, or delete old ones in {among}.</source>
        <translation>設定で上限を上げるか、{among} にある古いものを削除してください。</translation>
    </message>
    <message>
        <source>Also save a text model that learned.</source>
        <translation>学んだテキストモデルも保存します。</translation>
    </message>
    <message>
        <source>Before: mean reward {mean_reward} in {episodes} episodes.</source>
        <translation>学ぶ前：{episodes} エピソードの平均報酬 {mean_reward}。</translation>
    </message>
    <message>
        <source>Ctrl+C stops it, and the same command goes on. How long it takes is told after its first step.</source>
        <translation>Ctrl+Cで中止でき、同じコマンドで続きから再開します。所要時間は最初のステップの後に表示されます。</translation>
    </message>
    <message>
        <source>Delete what was collected and recorded of the game, for good; memories, ratings and models stay.</source>
        <translation>このゲームについて集めたものと記録を完全に削除します。記憶、評価、モデルは残ります。</translation>
    </message>
    <message>
        <source>Delete {folder} yourself.</source>
        <translation>{folder}を手動で削除してください。</translation>
    </message>
    <message>
        <source>Deleted: {value} episodes of {game}, {value2} MB.</source>
        <translation>削除しました：{game}のエピソード{value}件、{value2} MB。</translation>
    </message>
    <message>
        <source>EA does not allow cheating, or anything else that gives you a competitive advantage.</source>
        <translation>EAは、チートなど、競争で有利になる行為を認めていません。</translation>
    </message>
    <message>
        <source>Epic Games asks everyone to play fairly and within the rules of the game, without cheats or exploits.</source>
        <translation>Epic Gamesは、チートや不具合の悪用をせず、ゲームの規則を守って公正にプレイするよう求めています。</translation>
    </message>
    <message>
        <source>Episodes that decide whether the app uses a vision model; 0: it does not.</source>
        <translation>画像モデルをアプリで使うかどうかを決めるエピソード数。0 なら使いません。</translation>
    </message>
    <message>
        <source>Examples of what the model knew before.</source>
        <translation>モデルが前から知っていたことの例の数。</translation>
    </message>
    <message>
        <source>Folder of the questions that coach learn GAME questions made.</source>
        <translation>coach learn GAME questions が作った質問のフォルダー。</translation>
    </message>
    <message>
        <source>GGPoker counts real-time assistance and forbidden third-party tools as breaches of its security policy.</source>
        <translation>GGPokerは、プレイ中に判断を助けるツール（RTA）や禁止された外部ツールの使用を、セキュリティ規約の違反としています。</translation>
    </message>
    <message>
        <source>Get the adapter again.</source>
        <translation>アダプターを入手し直してください。</translation>
    </message>
    <message>
        <source>Get the model as safetensors.</source>
        <translation>safetensors 形式のモデルを入手してください。</translation>
    </message>
    <message>
        <source>Got unexpected extra argument ({name})</source>
        <translation>余分な引数があります（{name}）。</translation>
    </message>
    <message>
        <source>Got unexpected extra arguments ({names})</source>
        <translation>余分な引数があります（{names}）。</translation>
    </message>
    <message>
        <source>Grid coach</source>
        <translation>グリッドコーチ</translation>
    </message>
    <message>
        <source>Grid coach, English to Japanese</source>
        <translation>グリッドコーチの英日翻訳</translation>
    </message>
    <message>
        <source>HF_ENDPOINT is not the address of a model hub.</source>
        <translation>HF_ENDPOINT がモデルハブのアドレスではありません。</translation>
    </message>
    <message>
        <source>How often each is learned: questions once, ratings in 160 steps.</source>
        <translation>それぞれを学習する回数。指定しなければ、質問は1回、評価は合わせて160ステップ。</translation>
    </message>
    <message>
        <source>How often each question is learned.</source>
        <translation>各質問を学ぶ回数。</translation>
    </message>
    <message>
        <source>How often each rating is learned; by default, in 160 steps.</source>
        <translation>それぞれの評価を学習する回数。指定しなければ、合わせて160ステップ。</translation>
    </message>
    <message>
        <source>I can only answer questions about {title}. My guides are about: {subjects}.</source>
        <translation>お答えできるのは {title} についての質問だけです。ガイドの内容：{subjects}。</translation>
    </message>
    <message>
        <source>Install the coach again.</source>
        <translation>コーチを入れ直してください。</translation>
    </message>
    <message>
        <source>Install them: apt-get install {value}</source>
        <translation>次で入れてください：apt-get install {value}</translation>
    </message>
    <message>
        <source>Invalid value for {name}: {reason}</source>
        <translation>{name} の値が正しくありません：{reason}</translation>
    </message>
    <message>
        <source>Invalid value: {reason}</source>
        <translation>値が正しくありません：{reason}</translation>
    </message>
    <message>
        <source>It could not be set aside ({strerror}): rename {path} before changing a setting.</source>
        <translation>別名で残せませんでした（{strerror}）。設定を変える前に {path} の名前を変えてください。</translation>
    </message>
    <message>
        <source>It is kept as {value}.</source>
        <translation>{value} として残しました。</translation>
    </message>
    <message>
        <source>It is {path}.</source>
        <translation>場所は {path} です。</translation>
    </message>
    <message>
        <source>It nearly always makes the same move: it is not used.</source>
        <translation>ほとんど同じ手しか選ばないので、使いません。</translation>
    </message>
    <message>
        <source>It plays better, and is used for {id} from now on. coach learn {id2} use --off undoes that.</source>
        <translation>上達したので、これから {id} で使います。coach learn {id2} use --off で元に戻せます。</translation>
    </message>
    <message>
        <source>Japanese for any game, on any computer.</source>
        <translation>どのゲームの日本語訳にも。どのコンピューターでも動きます。</translation>
    </message>
    <message>
        <source>Japanese for the practice games, on any computer.</source>
        <translation>練習ゲームの日本語訳。どのコンピューターでも動きます。</translation>
    </message>
    <message>
        <source>Keep downloads there from now on.</source>
        <translation>今後のダウンロード先。</translation>
    </message>
    <message>
        <source>Known adapters are listed by: coach models list</source>
        <translation>使えるアダプターは次で一覧できます：coach models list</translation>
    </message>
    <message>
        <source>Known games: {value}.</source>
        <translation>使えるゲーム：{value}。</translation>
    </message>
    <message>
        <source>Known models: {names}.</source>
        <translation>使えるモデル：{names}。</translation>
    </message>
    <message>
        <source>LLaVA-NeXT 7B</source>
        <translation>LLaVA-NeXT 7B</translation>
    </message>
    <message>
        <source>LLaVA-NeXT 7B (Vicuna)</source>
        <translation>LLaVA-NeXT 7B (Vicuna)</translation>
    </message>
    <message>
        <source>LLaVA-OneVision 0.5B</source>
        <translation>LLaVA-OneVision 0.5B</translation>
    </message>
    <message>
        <source>Language of the advice.</source>
        <translation>助言の言語。</translation>
    </message>
    <message>
        <source>Language of the window.</source>
        <translation>ウィンドウの言語。</translation>
    </message>
    <message>
        <source>Learning rate.</source>
        <translation>学習率。</translation>
    </message>
    <message>
        <source>Leave it out to use the usual value.</source>
        <translation>省略すると既定値を使います。</translation>
    </message>
    <message>
        <source>Leave out --size.</source>
        <translation>--size を外してください。</translation>
    </message>
    <message>
        <source>Let one learn with: coach learn {id} adapt --base MODEL</source>
        <translation>学ばせるコマンド：「coach learn {id} adapt --base MODEL」</translation>
    </message>
    <message>
        <source>Lichess forbids any outside help while a game against another person is on.</source>
        <translation>Lichessは、人との対局中に外部の助けを借りることを一切禁じています。</translation>
    </message>
    <message>
        <source>Line {number} of {path} is not a pair of question and answer.</source>
        <translation>{path} の{number}行目は質問と回答の組ではありません。</translation>
    </message>
    <message>
        <source>Llama 2 7B</source>
        <translation>Llama 2 7B</translation>
    </message>
    <message>
        <source>Llama 2 7B Chat</source>
        <translation>Llama 2 7B Chat</translation>
    </message>
    <message>
        <source>Llama 2 Community Licence</source>
        <translation>Llama 2 コミュニティライセンス</translation>
    </message>
    <message>
        <source>Loading {title} in 4 bits. This takes minutes where it is large.</source>
        <translation>{title}を4ビットで読み込んでいます。大きなモデルでは数分かかります。</translation>
    </message>
    <message>
        <source>Log in again with “hf auth login”; if HF_TOKEN is set, correct it, or unset it.</source>
        <translation>「hf auth login」でログインし直してください。HF_TOKEN を設定している場合は、直すか、未設定にしてください。</translation>
    </message>
    <message>
        <source>Look at the report: it says why each was dropped.</source>
        <translation>除外した理由はレポートに記録されています。</translation>
    </message>
    <message>
        <source>Look for one on {page}.</source>
        <translation>{page} で探してください。</translation>
    </message>
    <message>
        <source>Make it smaller first.</source>
        <translation>先に小さくしてください。</translation>
    </message>
    <message>
        <source>Make more from longer guides.</source>
        <translation>もっと長いガイドから作ってください。</translation>
    </message>
    <message>
        <source>Make questions of the experiences: plans, moves, counts, paths, what happens next, decisions, and advice.</source>
        <translation>経験から質問を作ります：計画、手、回数、道筋、次に起こること、決定、助言。</translation>
    </message>
    <message>
        <source>Make room for {out}.</source>
        <translation>{out} の空き容量を増やしてください。</translation>
    </message>
    <message>
        <source>Make room for, or allow writing to, {parent}.</source>
        <translation>{parent} の空き容量を増やすか、書き込みを許可してください。</translation>
    </message>
    <message>
        <source>Make room for, or allow writing to, {path}, and start again: what is there is not asked for twice.</source>
        <translation>{path} の空き容量を増やすか書き込みを許可して、もう一度始めてください。すでにあるものは尋ね直しません。</translation>
    </message>
    <message>
        <source>Make room for, or allow writing to, {path}.</source>
        <translation>{path} の空き容量を増やすか、書き込みを許可してください。</translation>
    </message>
    <message>
        <source>Make room, or choose another --out.</source>
        <translation>空き容量を増やすか、別の --out を選んでください。</translation>
    </message>
    <message>
        <source>Make room, or choose another folder with: coach models folder PATH</source>
        <translation>空き容量を増やすか、次で別のフォルダーを選んでください：coach models folder PATH</translation>
    </message>
    <message>
        <source>Measure how often advice is right through a live capture of the game&apos;s window, at 1x to 4x.</source>
        <translation>ゲームのウィンドウを1～4倍で実際にキャプチャし、助言が正しい割合を測ります。</translation>
    </message>
    <message>
        <source>Measure how often the coach is right where the Q-network agrees with it, and where it does not.</source>
        <translation>Qネットワークの意見がコーチと一致する場面としない場面で、コーチが正しい割合を測ります。</translation>
    </message>
    <message>
        <source>Measure the live loop: capture, gate, answers, the overlay&apos;s rhythm, memory, time to window.</source>
        <translation>動作中の負荷を測ります：キャプチャ、変化の判定、回答、描画の間隔、メモリ、起動時間。</translation>
    </message>
    <message>
        <source>Measure what the coach costs.</source>
        <translation>コーチの負荷を測ります。</translation>
    </message>
    <message>
        <source>Melee tips</source>
        <translation>スマブラDXのヒント</translation>
    </message>
    <message>
        <source>Missing argument {name}.</source>
        <translation>引数 {name} がありません。</translation>
    </message>
    <message>
        <source>Missing command.</source>
        <translation>コマンドがありません。</translation>
    </message>
    <message>
        <source>Missing option {name}.</source>
        <translation>オプション {name} がありません。</translation>
    </message>
    <message>
        <source>Monitor {index} is not connected.</source>
        <translation>モニター {index} は接続されていません。</translation>
    </message>
    <message>
        <source>Moves are read from pictures of few games only. Collect more with: coach learn {id} collect</source>
        <translation>画像から操作を読み取れるゲームはわずかです。次のコマンドで経験を集めてください: coach learn {id} collect</translation>
    </message>
    <message>
        <source>Name a model with --model.</source>
        <translation>--model でモデルを指定してください。</translation>
    </message>
    <message>
        <source>Name a picture in it.</source>
        <translation>その中の画像を指定してください。</translation>
    </message>
    <message>
        <source>Name another one in the profile {title}.</source>
        <translation>プロファイル「{title}」で別のものを指定してください。</translation>
    </message>
    <message>
        <source>Name of the smaller model.</source>
        <translation>小さくしたモデルの名前。</translation>
    </message>
    <message>
        <source>Name one in the profile of the game.</source>
        <translation>ゲームのプロファイルで指定してください。</translation>
    </message>
    <message>
        <source>Name one with --adapter, or train one with: coach train tips</source>
        <translation>--adapter で指定するか、次のコマンドで学習させてください：coach train tips</translation>
    </message>
    <message>
        <source>Name one with --checkpoint.</source>
        <translation>--checkpoint で指定してください。</translation>
    </message>
    <message>
        <source>Name or folder of the model whose features it sees.</source>
        <translation>特徴量を使うモデルの名前かフォルダー。</translation>
    </message>
    <message>
        <source>Next best: {bits} bits with {detail} pictures ({value} GB).</source>
        <translation>代わりに使えるのは {bits} ビット、画像の細かさ {detail}（{value} GB）です。</translation>
    </message>
    <message>
        <source>Next best: {title} in {bits} bits with {detail} pictures ({value} GB).</source>
        <translation>代わりに使えるのは {title}（{bits} ビット、画像の細かさ {detail}、{value} GB）です。</translation>
    </message>
    <message>
        <source>No Q-network is loaded.</source>
        <translation>Qネットワークが読み込まれていません。</translation>
    </message>
    <message>
        <source>No game has a text adapter.</source>
        <translation>テキストアダプターのあるゲームがありません。</translation>
    </message>
    <message>
        <source>No model is loaded.</source>
        <translation>モデルが読み込まれていません。</translation>
    </message>
    <message>
        <source>No pair of question and answer is left.</source>
        <translation>質問と回答の組が残っていません。</translation>
    </message>
    <message>
        <source>No screen is used: the game is played on a virtual one by itself.</source>
        <translation>画面を使わず、仮想画面で自動的に遊びます。</translation>
    </message>
    <message>
        <source>No such command {name}.</source>
        <translation>{name} というコマンドはありません。</translation>
    </message>
    <message>
        <source>No such option: {name}</source>
        <translation>{name} というオプションはありません。</translation>
    </message>
    <message>
        <source>No text model is loaded.</source>
        <translation>テキストモデルが読み込まれていません。</translation>
    </message>
    <message>
        <source>No translation model is loaded.</source>
        <translation>翻訳モデルが読み込まれていません。</translation>
    </message>
    <message>
        <source>Not all was deleted: {strerror}.</source>
        <translation>一部を削除できませんでした：{strerror}。</translation>
    </message>
    <message>
        <source>Nothing speaks the OpenAI protocol at {url} (status {status}).</source>
        <translation>{url} に OpenAI プロトコルのサーバーがありません（状態 {status}）。</translation>
    </message>
    <message>
        <source>Nothing was asked.</source>
        <translation>質問がありません。</translation>
    </message>
    <message>
        <source>Nothing was recorded.</source>
        <translation>何も録画されていません。</translation>
    </message>
    <message>
        <source>OPUS-MT, English to Japanese</source>
        <translation>OPUS-MT（英日翻訳）</translation>
    </message>
    <message>
        <source>Of what keeps it from forgetting, 1 by default; repeatable.</source>
        <translation>忘却を防ぐ項の重み（既定値は1）。複数指定できます。</translation>
    </message>
    <message>
        <source>One of {value}; or any environment of Gymnasium&apos;s that can be drawn.</source>
        <translation>{value} のいずれか、または描画できる Gymnasium の環境。</translation>
    </message>
    <message>
        <source>Only the first {MAX_FILES} guides in {folder} are used.</source>
        <translation>{folder} のガイドは最初の{MAX_FILES}件だけ使います。</translation>
    </message>
    <message>
        <source>Open any page in a browser, and try again.</source>
        <translation>ブラウザーで何かページを開いてから、もう一度試してください。</translation>
    </message>
    <message>
        <source>Open the game, or choose what to watch in the settings.</source>
        <translation>ゲームを開くか、設定で見る対象を選んでください。</translation>
    </message>
    <message>
        <source>Option {name} requires an argument.</source>
        <translation>オプション {name} には値が必要です。</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>オプション</translation>
    </message>
    <message>
        <source>PUBG does not allow unauthorized programs, and can ban accounts that use them for good.</source>
        <translation>PUBGは、許可していないプログラムの使用を認めておらず、使ったアカウントを永久に停止することがあります。</translation>
    </message>
    <message>
        <source>Play a practice game by hand, in a window.</source>
        <translation>練習ゲームをウィンドウで開き、自分で遊びます。</translation>
    </message>
    <message>
        <source>Play at least one episode.</source>
        <translation>1エピソード以上遊んでください。</translation>
    </message>
    <message>
        <source>Print one JSON object.</source>
        <translation>JSON オブジェクトを1つ出力します。</translation>
    </message>
    <message>
        <source>Print the version.</source>
        <translation>バージョンを表示します。</translation>
    </message>
    <message>
        <source>Processor time of each thread of the game for each of its 60 frames.</source>
        <translation>毎秒60フレームの1フレームごとに、ゲームの各スレッドが使うプロセッサー時間。</translation>
    </message>
    <message>
        <source>Put Markdown, text or HTML into {value}.</source>
        <translation>{value} に Markdown・テキスト・HTML を入れてください。</translation>
    </message>
    <message>
        <source>Questions per step, or rows of lessons.</source>
        <translation>1ステップの質問数、または課題の行数。</translation>
    </message>
    <message>
        <source>Qwen3-VL 4B</source>
        <translation>Qwen3-VL 4B</translation>
    </message>
    <message>
        <source>Qwen3-VL 8B</source>
        <translation>Qwen3-VL 8B</translation>
    </message>
    <message>
        <source>Record what happens as JSON lines.</source>
        <translation>できごとを JSON で1行ずつ記録します。</translation>
    </message>
    <message>
        <source>Record your own play in the window Learning…, or collect some with: coach learn {game} collect --how explore</source>
        <translation>「学習…」ウィンドウで自分のプレイを記録するか、次のコマンドで集めてください: coach learn {game} collect --how explore</translation>
    </message>
    <message>
        <source>Remove it.</source>
        <translation>取り除いてください。</translation>
    </message>
    <message>
        <source>Run Xvfb by hand to see why.</source>
        <translation>Xvfb を手動で起動すると、原因が分かります。</translation>
    </message>
    <message>
        <source>Run it on Linux, or without any screen.</source>
        <translation>Linux で、または画面なしで実行してください。</translation>
    </message>
    <message>
        <source>Save it again, for instance as PNG.</source>
        <translation>PNG などで保存し直してください。</translation>
    </message>
    <message>
        <source>Save it again.</source>
        <translation>保存し直してください。</translation>
    </message>
    <message>
        <source>Save it as Markdown, text or HTML.</source>
        <translation>Markdown・テキスト・HTML で保存してください。</translation>
    </message>
    <message>
        <source>Save it as UTF-8.</source>
        <translation>UTF-8 で保存してください。</translation>
    </message>
    <message>
        <source>Save it as text or Markdown.</source>
        <translation>テキストか Markdown で保存してください。</translation>
    </message>
    <message>
        <source>See that the proxy runs, or name this server in the variable NO_PROXY.</source>
        <translation>プロキシが動いているか確かめるか、このサーバーを変数 NO_PROXY に加えてください。</translation>
    </message>
    <message>
        <source>Set the screen to 16, 24 or 30 bits a pixel.</source>
        <translation>画面を1ピクセルあたり16、24、30ビットのいずれかに設定してください。</translation>
    </message>
    <message>
        <source>Set the variable to the address of an HTTP proxy (http://…), or unset it.</source>
        <translation>変数に HTTP プロキシのアドレス（http://…）を設定するか、変数を未設定にしてください。</translation>
    </message>
    <message>
        <source>Set {VARIABLE} to a valid one.</source>
        <translation>{VARIABLE} に有効なキーを入れてください。</translation>
    </message>
    <message>
        <source>Show this message and exit.</source>
        <translation>この説明を表示して終了します。</translation>
    </message>
    <message>
        <source>Situations: {total}, with what {judge} would do: its opinion, not a measurement.</source>
        <translation>場面：{total}。それぞれに {judge} ならどうするかを示します。測定ではなく、モデルの意見です。</translation>
    </message>
    <message>
        <source>SmolVLM2 2.2B</source>
        <translation>SmolVLM2 2.2B</translation>
    </message>
    <message>
        <source>Start it in a desktop session, or use &quot;coach demo&quot; without one.</source>
        <translation>デスクトップで起動するか、画面なしで「coach demo」を使ってください。</translation>
    </message>
    <message>
        <source>Start the coach on a desktop, or set DISPLAY to one.</source>
        <translation>デスクトップで起動するか、DISPLAY を設定してください。</translation>
    </message>
    <message>
        <source>Start the coach: an overlay over your game.</source>
        <translation>コーチを起動します（ゲームの上のオーバーレイ）。</translation>
    </message>
    <message>
        <source>Start without asking.</source>
        <translation>確認せずに始めます。</translation>
    </message>
    <message>
        <source>Steps of learning to answer.</source>
        <translation>答え方を学ぶステップ数。</translation>
    </message>
    <message>
        <source>Steps of learning to see.</source>
        <translation>見方を学ぶステップ数。</translation>
    </message>
    <message>
        <source>Switch its thinking off where the server runs, let it have more tokens there, or choose another model.</source>
        <translation>サーバー側でモデルの思考を切るか、使えるトークンを増やすか、別のモデルを選んでください。</translation>
    </message>
    <message>
        <source>Tell what would have happened with another move, by making it in a copy of the game, or as a model&apos;s guess.</source>
        <translation>別の手を指していたらどうなったかを、ゲームのコピーで試すか、モデルの推測で答えます。</translation>
    </message>
    <message>
        <source>The Q-network for {game} was trained with the features of {feature_model}, not with those of {name}.</source>
        <translation>{game} のQネットワークは {name} ではなく {feature_model} の特徴量で学習されています。</translation>
    </message>
    <message>
        <source>The Q-network in {folder} has weights that are not numbers.</source>
        <translation>{folder} のQネットワークの重みに数でないものがあります。</translation>
    </message>
    <message>
        <source>The Q-network {checkpoint} does not know all moves of this game: {value}.</source>
        <translation>Qネットワーク {checkpoint} は、このゲームの次の動きを知りません：{value}</translation>
    </message>
    <message>
        <source>The Q-network {checkpoint} was trained for another game ({game}).</source>
        <translation>Qネットワーク {checkpoint} は別のゲーム（{game}）用です。</translation>
    </message>
    <message>
        <source>A position to play</source>
        <translation>遊ぶ場面</translation>
    </message>
    <message>
        <source>A practice game: {value}.</source>
        <translation>練習ゲーム：{value}。</translation>
    </message>
    <message>
        <source>Accept it on {page}, log in with “hf auth login” or set HF_TOKEN, and get it again.</source>
        <translation>{page} で同意し、「hf auth login」でログインするか HF_TOKEN を設定してから、もう一度取得してください。</translation>
    </message>
    <message>
        <source>Advice could not be remembered</source>
        <translation>助言を記録できませんでした</translation>
    </message>
    <message>
        <source>Allow online translation in the settings.</source>
        <translation>設定でオンライン翻訳を許可してください。</translation>
    </message>
    <message>
        <source>Answers in each layout.</source>
        <translation>各レイアウトでの回答の数。</translation>
    </message>
    <message>
        <source>Ask in other words, or allow online translation in the settings.</source>
        <translation>別の言い方で質問するか、設定でオンライン翻訳を許可してください。</translation>
    </message>
    <message>
        <source>Check its model.</source>
        <translation>モデルを確認してください。</translation>
    </message>
    <message>
        <source>Check its name and the server&apos;s address.</source>
        <translation>モデルの名前とサーバーのアドレスを確認してください。</translation>
    </message>
    <message>
        <source>Check its name; if it is private, log in with “hf auth login” or set HF_TOKEN.</source>
        <translation>名前を確認してください。非公開の場合は、「hf auth login」でログインするか、HF_TOKEN を設定してください。</translation>
    </message>
    <message>
        <source>Choose a smaller rate, or more data.</source>
        <translation>学習率を小さくするか、データを増やしてください。</translation>
    </message>
    <message>
        <source>Choose a smaller rate.</source>
        <translation>学習率を小さくしてください。</translation>
    </message>
    <message>
        <source>Choose another model in the settings, or get this one again.</source>
        <translation>設定で別のモデルを選ぶか、このモデルを入手し直してください。</translation>
    </message>
    <message>
        <source>Choose another model in the settings, or this one again when the computer is less busy.</source>
        <translation>設定で別のモデルを選ぶか、コンピューターの負荷が下がってからもう一度選んでください。</translation>
    </message>
    <message>
        <source>Choose another model.</source>
        <translation>別のモデルを選んでください。</translation>
    </message>
    <message>
        <source>Choose it again in the settings when you want it.</source>
        <translation>使うときは、設定でもう一度選んでください。</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>ディスクの割り当て超過</translation>
    </message>
    <message>
        <source>Download a model; resumes where it stopped, and checks every file.</source>
        <translation>モデルをダウンロードします。中断したところから再開し、すべてのファイルを検査します。</translation>
    </message>
    <message>
        <source>Each side can be {least} to {most} squares long.</source>
        <translation>各辺は{least}マスから{most}マスまでです。</translation>
    </message>
    <message>
        <source>Game questions about Super Smash Bros. Melee, on any computer.</source>
        <translation>「大乱闘スマッシュブラザーズDX」のゲームの質問に。どのコンピューターでも動きます。</translation>
    </message>
    <message>
        <source>Game questions, with an adapter for the game.</source>
        <translation>ゲームの質問に。ゲームのアダプターと一緒に使います。</translation>
    </message>
    <message>
        <source>Game questions, with or without an adapter.</source>
        <translation>ゲームの質問に。アダプターなしでも使えます。</translation>
    </message>
    <message>
        <source>Get it{size} on the Models page of the settings, or with: coach models get {name}</source>
        <translation>設定の「モデル」か、次で取得してください{size}：coach models get {name}</translation>
    </message>
    <message>
        <source>Google Translate cannot be reached through the proxy of the variable {variable}.</source>
        <translation>変数 {variable} のプロキシを通して Google 翻訳に接続できません。</translation>
    </message>
    <message>
        <source>Have a teacher model make questions and answers from guides, and clean them. Its key is that of COACH_SERVER_KEY, or the one that the settings have for this server. Without a teacher, questions are made from the game&apos;s templates and answered by the guides&apos; own sentences.</source>
        <translation>教師モデルにガイドから質問と回答を作らせ、整理します。キーは COACH_SERVER_KEY か、設定にあるこのサーバーのキーを使います。教師モデルを使わない場合は、ゲームのひな形から質問を作り、ガイドの文をそのまま回答にします。</translation>
    </message>
    <message>
        <source>Hide it from CUDA.</source>
        <translation>CUDA からカードを隠してください。</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>入出力エラー</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>フォルダーです</translation>
    </message>
    <message>
        <source>It is not known which game {model} is for.</source>
        <translation>{model} がどのゲーム用か分かりません。</translation>
    </message>
    <message>
        <source>It is not known which game {title} is for.</source>
        <translation>{title} がどのゲーム用か分かりません。</translation>
    </message>
    <message>
        <source>It may be loading its model: try again, or give it more time on the Server page of the settings.</source>
        <translation>モデルを読み込み中かもしれません。もう一度試すか、設定の「サーバー」で待ち時間を延ばしてください。</translation>
    </message>
    <message>
        <source>Its name in the list.</source>
        <translation>一覧での名前。</translation>
    </message>
    <message>
        <source>Japanese for any game, under another licence.</source>
        <translation>どのゲームの日本語訳にも。ライセンスが異なります。</translation>
    </message>
    <message>
        <source>Let an agent play a game, and report how well.</source>
        <translation>エージェントにゲームを遊ばせ、成績を報告します。</translation>
    </message>
    <message>
        <source>Load it again with “Unload the model” in the menu.</source>
        <translation>メニューの「モデルを解放」でもう一度読み込んでください。</translation>
    </message>
    <message>
        <source>Loading the model was cancelled.</source>
        <translation>モデルの読み込みを中止しました。</translation>
    </message>
    <message>
        <source>Loading {loading_title}… {percent} %</source>
        <translation>{loading_title}を読み込んでいます… {percent} %</translation>
    </message>
    <message>
        <source>Make more with: coach train guides</source>
        <translation>次で増やせます：coach train guides</translation>
    </message>
    <message>
        <source>Make room there, and run it again.</source>
        <translation>そこの空き容量を増やして、もう一度実行してください。</translation>
    </message>
    <message>
        <source>Make them smaller on the Server page of the settings.</source>
        <translation>設定の「サーバー」で画像を小さくしてください。</translation>
    </message>
    <message>
        <source>Maximum number of sections to show.</source>
        <translation>表示する節の数の上限。</translation>
    </message>
    <message>
        <source>Maximum requests per minute; 0 for no limit.</source>
        <translation>1分あたりのリクエスト数の上限。0 なら無制限。</translation>
    </message>
    <message>
        <source>Maximum steps per episode, for long games.</source>
        <translation>1エピソードの手数の上限（長いゲーム用）。</translation>
    </message>
    <message>
        <source>Measure answers in 4 bits on this processor, packed and not, and in 32 bits: random weights, no card.</source>
        <translation>このプロセッサーでの回答を、4ビット（パックありとなし）と32ビットで測ります。重みは乱数で、グラフィックカードは使いません。</translation>
    </message>
    <message>
        <source>Measure answers to questions that no adapter learned from: base against adapter, with and without passages.</source>
        <translation>どのアダプターも学習していない質問への回答を測ります（ベースとアダプターを、資料のありなしで比較）。</translation>
    </message>
    <message>
        <source>Measure how often the second opinion differs from the advice, is shown, and is right, through a live capture.</source>
        <translation>実際のキャプチャを通して、セカンドオピニオンが助言と異なる割合、表示される割合、正しい割合を測ります。</translation>
    </message>
    <message>
        <source>Name a teacher by --base-url and --model.</source>
        <translation>--base-url と --model で教師モデルを指定してください。</translation>
    </message>
    <message>
        <source>Name another one with --checkpoint.</source>
        <translation>--checkpoint で別のものを指定してください。</translation>
    </message>
    <message>
        <source>Name it with --game.</source>
        <translation>--game で指定してください。</translation>
    </message>
    <message>
        <source>Name it with --model.</source>
        <translation>--model で指定してください。</translation>
    </message>
    <message>
        <source>Name the teacher by --base-url and --model, or use --without-teacher.</source>
        <translation>教師を --base-url と --model で指定するか、--without-teacher を付けてください。</translation>
    </message>
    <message>
        <source>No known game is open. Start the game, or choose its window.</source>
        <translation>既知のゲームが開いていません。ゲームを始めるか、そのウィンドウを選んでください。</translation>
    </message>
    <message>
        <source>No model is loaded yet.</source>
        <translation>まだモデルが読み込まれていません。</translation>
    </message>
    <message>
        <source>No question with its answer is as short as {length} tokens.</source>
        <translation>回答と合わせて {length} トークンに収まる質問がありません。</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>空き容量不足</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>ファイルがありません</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>フォルダーではありません</translation>
    </message>
    <message>
        <source>Of {value} pairs none is left after cleaning (dropped: {counts}).</source>
        <translation>{value}組のうち、整理後に残ったものはありません（除外：{counts}）。</translation>
    </message>
    <message>
        <source>Open the game&apos;s window.</source>
        <translation>ゲームのウィンドウを開いてください。</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>アクセス権がありません</translation>
    </message>
    <message>
        <source>Presets: default, original.</source>
        <translation>プリセット：default、original。</translation>
    </message>
    <message>
        <source>Questions and answers as JSON lines.</source>
        <translation>質問と回答（JSON を1行ずつ）。</translation>
    </message>
    <message>
        <source>Quit it (end its process if necessary), and try again.</source>
        <translation>コーチを終了してから（必要ならプロセスを終了して）、もう一度起動してください。</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>読み取り専用です</translation>
    </message>
    <message>
        <source>Run {value} of {runs}: {value2}.</source>
        <translation>{runs}回中{value}回目：{value2}。</translation>
    </message>
    <message>
        <source>See that the proxy runs, or unset the variable.</source>
        <translation>プロキシが動いているか確かめるか、変数を未設定にしてください。</translation>
    </message>
    <message>
        <source>Show the second opinion, whatever the settings say.</source>
        <translation>設定に関係なくセカンドオピニオンを表示します。</translation>
    </message>
    <message>
        <source>Switch its thinking off where the server runs, choose another model, or give it more time on the Server page of the settings.</source>
        <translation>サーバー側でモデルの思考を切るか、別のモデルを選ぶか、設定の「サーバー」のページで待ち時間を延ばしてください。</translation>
    </message>
    <message>
        <source>The Q-network</source>
        <translation>Qネットワーク</translation>
    </message>
    <message>
        <source>The Q-network {checkpoint} knows {value} moves ({value2}), but this game has {value3} ({value4}).</source>
        <translation>Qネットワーク {checkpoint} の手は{value}種類（{value2}）ですが、このゲームには{value3}種類（{value4}）あります。</translation>
    </message>
    <message>
        <source>The Q-network; by default, the profile&apos;s.</source>
        <translation>使うQネットワーク。省略するとプロファイルのものを使います。</translation>
    </message>
    <message>
        <source>The adapter could not be saved in {out}.</source>
        <translation>アダプターを {out} に保存できませんでした。</translation>
    </message>
    <message>
        <source>The adapter in {folder} could not be loaded.</source>
        <translation>{folder} のアダプターを読み込めませんでした。</translation>
    </message>
    <message>
        <source>The adapter in {folder} does not fit the base model: {name} is {value} → {value2} there, and {value3} → {value4} here.</source>
        <translation>{folder} のアダプターはベースモデルに合いません。{name} は、アダプターでは {value} → {value2}、こちらでは {value3} → {value4} です。</translation>
    </message>
    <message>
        <source>The adapter in {folder} has weights of an unknown kind: {key}.</source>
        <translation>{folder} のアダプターに、未知の種類の重みがあります：{key}</translation>
    </message>
    <message>
        <source>The adapter in {folder} is damaged: with it, {name} computes no numbers.</source>
        <translation>{folder} のアダプターは壊れています。使うと {name} は数値を計算できません。</translation>
    </message>
    <message>
        <source>The adapter in {folder} is for a base model of another make.</source>
        <translation>{folder} のアダプターは、別の種類のベースモデル用です。</translation>
    </message>
    <message>
        <source>The adapter in {folder} is of a kind that the coach does not know.</source>
        <translation>{folder} のアダプターは、コーチの知らない種類です。</translation>
    </message>
    <message>
        <source>The adapter learned nothing that helps with new questions. {kept}</source>
        <translation>アダプターは新しい質問に役立つことを何も学んでいません。{kept}</translation>
    </message>
    <message>
        <source>The adapter {title} names no base; {title2} fits it and is used.</source>
        <translation>アダプター {title} はベースモデルを指定していません。合うモデル {title2} を使います。</translation>
    </message>
    <message>
        <source>The adapter {title} names {named}, which is not here; {title2} fits it and is used instead.</source>
        <translation>アダプター {title} が指す {named} はここにありません。合うモデル {title2} を代わりに使います。</translation>
    </message>
    <message>
        <source>The adapter {title} needs the model {title2}, which is not on this computer.</source>
        <translation>アダプター {title} にはモデル {title2} が必要ですが、このコンピューターにありません。</translation>
    </message>
    <message>
        <source>The adapter {title} stands on a model that is not here: {named}.</source>
        <translation>アダプター {title} のベースモデルがここにありません：{named}。</translation>
    </message>
    <message>
        <source>The answer could not be translated or kept.</source>
        <translation>回答を翻訳または保存できませんでした。</translation>
    </message>
    <message>
        <source>The answer could not be translated.</source>
        <translation>回答を翻訳できませんでした。</translation>
    </message>
    <message>
        <source>The answer ended too early.</source>
        <translation>回答が途中で終わりました。</translation>
    </message>
    <message>
        <source>The answer was stopped.</source>
        <translation>回答を中止しました。</translation>
    </message>
    <message>
        <source>The backup {path} is damaged: the setting {place} is not usable.</source>
        <translation>バックアップ {path} は壊れています。設定 {place} の値を使えません。</translation>
    </message>
    <message>
        <source>The backup {path} was made by another version of the coach.</source>
        <translation>バックアップ {path} は、コーチの別のバージョンで作られています。</translation>
    </message>
    <message>
        <source>The capture has ended.</source>
        <translation>キャプチャは終了しました。</translation>
    </message>
    <message>
        <source>The chat template of the model cannot be used.</source>
        <translation>このモデルのチャットテンプレートは使えません。</translation>
    </message>
    <message>
        <source>The chat template of the model does not come to an end.</source>
        <translation>このモデルのチャットテンプレートの処理が終わりません。</translation>
    </message>
    <message>
        <source>The chat template of the model leaves the question out.</source>
        <translation>このモデルのチャットテンプレートには質問が入りません。</translation>
    </message>
    <message>
        <source>The chosen part of the screen is outside of all monitors.</source>
        <translation>選んだ範囲はどのモニターにもありません。</translation>
    </message>
    <message>
        <source>The coach cannot play without a model and a game profile.</source>
        <translation>モデルとゲームプロファイルがないと、コーチは遊べません。</translation>
    </message>
    <message>
        <source>The coach cannot play {id}: it only watches it.</source>
        <translation>コーチは {id} を遊べません。見るだけです。</translation>
    </message>
    <message>
        <source>The coach gave no advice within {START_S} seconds.</source>
        <translation>コーチは{START_S}秒以内に助言しませんでした。</translation>
    </message>
    <message>
        <source>The coach has been stopped.</source>
        <translation>コーチは停止しました。</translation>
    </message>
    <message>
        <source>The coach is already running; this start was passed on to it.</source>
        <translation>コーチはすでに起動しています。今回の指定はそちらに渡しました。</translation>
    </message>
    <message>
        <source>The coach is answering a question.</source>
        <translation>コーチは質問に答えているところです。</translation>
    </message>
    <message>
        <source>The coach is not ready yet; it answers as soon as it is.</source>
        <translation>コーチは準備中です。準備ができ次第お答えします。</translation>
    </message>
    <message>
        <source>The coach is offline, so no model can be downloaded.</source>
        <translation>コーチはオフラインなので、モデルをダウンロードできません。</translation>
    </message>
    <message>
        <source>The coach reads English only, and your question could not be translated.</source>
        <translation>コーチは英語しか読めず、質問を英語に翻訳できませんでした。</translation>
    </message>
    <message>
        <source>The coach is already running, but does not answer.</source>
        <translation>コーチはすでに起動していますが、応答がありません。</translation>
    </message>
    <message>
        <source>The coach stopped because of an unexpected error ({name}); {details}.</source>
        <translation>予期しないエラー（{name}）でコーチが停止しました。{details}。</translation>
    </message>
    <message>
        <source>The coach tries again by itself.</source>
        <translation>コーチが自動でやり直します。</translation>
    </message>
    <message>
        <source>The coach&apos;s engine cannot be started.</source>
        <translation>コーチのエンジンを起動できません。</translation>
    </message>
    <message>
        <source>The coach&apos;s engine has stopped.</source>
        <translation>コーチのエンジンが停止しました。</translation>
    </message>
    <message>
        <source>The coach&apos;s window</source>
        <translation>コーチのウィンドウ</translation>
    </message>
    <message>
        <source>The coach&apos;s {name}</source>
        <translation>コーチの {name}</translation>
    </message>
    <message>
        <source>The colours of this screen ({root_depth} bits) cannot be read.</source>
        <translation>この画面の色（{root_depth}ビット）は読み取れません。</translation>
    </message>
    <message>
        <source>The compositor</source>
        <translation>コンポジター</translation>
    </message>
    <message>
        <source>The connection to the model hub was lost.</source>
        <translation>モデルハブとの接続が切れました。</translation>
    </message>
    <message>
        <source>The connection to the screen has ended.</source>
        <translation>画面との接続が切れました。</translation>
    </message>
    <message>
        <source>The damaged file is kept as {value}.</source>
        <translation>壊れたファイルは {value} として残しました。</translation>
    </message>
    <message>
        <source>The damaged file was kept as {aside}.</source>
        <translation>壊れたファイルは {aside} として残しました。</translation>
    </message>
    <message>
        <source>The disk with {folder} is full.</source>
        <translation>{folder} のあるディスクがいっぱいです。</translation>
    </message>
    <message>
        <source>The dqn agent cannot play without a Q-network.</source>
        <translation>dqn エージェントはQネットワークがないと遊べません。</translation>
    </message>
    <message>
        <source>The file or folder {path} of the variable {name} cannot be used.</source>
        <translation>変数 {name} のファイルまたはフォルダー {path} は使えません。</translation>
    </message>
    <message>
        <source>The file {damaged} of {title} in the Hugging Face cache {cached} is damaged.</source>
        <translation>Hugging Face のキャッシュ {cached} にある {title} のファイル {damaged} が壊れています。</translation>
    </message>
    <message>
        <source>The file {file} cannot be read.</source>
        <translation>ファイル {file} を読めません。</translation>
    </message>
    <message>
        <source>The file {file} has {length} bytes instead of {promised}.</source>
        <translation>ファイル {file} は {promised} バイトのはずが {length} バイトです。</translation>
    </message>
    <message>
        <source>The file {file} in the model folder is no regular file.</source>
        <translation>モデルのフォルダーにある {file} は通常のファイルではありません。</translation>
    </message>
    <message>
        <source>The file {file} is damaged.</source>
        <translation>ファイル {file} が壊れています。</translation>
    </message>
    <message>
        <source>The file {path} cannot be read ({strerror}).</source>
        <translation>ファイル {path} を読めません（{strerror}）。</translation>
    </message>
    <message>
        <source>The file {path} is not a backup of the settings, or is damaged.</source>
        <translation>ファイル {path} は設定のバックアップではないか、壊れています。</translation>
    </message>
    <message>
        <source>The file {value} cannot be read.</source>
        <translation>ファイル {value} を読めません。</translation>
    </message>
    <message>
        <source>The file {value} is damaged.</source>
        <translation>ファイル {value} が壊れています。</translation>
    </message>
    <message>
        <source>The files of {title} are missing in {path}.</source>
        <translation>{title} のファイルが {path} にありません。</translation>
    </message>
    <message>
        <source>The folder {out} cannot be written: {strerror}.</source>
        <translation>フォルダー {out} に書き込めません：{strerror}。</translation>
    </message>
    <message>
        <source>The game profile</source>
        <translation>ゲームプロファイル</translation>
    </message>
    <message>
        <source>The game profile &quot;{profile_id}&quot; could not be deleted: {strerror}.</source>
        <translation>ゲームプロファイル「{profile_id}」を削除できませんでした：{strerror}。</translation>
    </message>
    <message>
        <source>The game profile &quot;{stem}&quot; is damaged ({value}) and is left out.</source>
        <translation>ゲームプロファイル「{stem}」は壊れているため使いません（{value}）。</translation>
    </message>
    <message>
        <source>The game profile {path} could not be read ({strerror}) and is left out.</source>
        <translation>ゲームプロファイル {path} は読めないため使いません（{strerror}）。</translation>
    </message>
    <message>
        <source>The game runs in exclusive full screen, which cannot be captured. Set it to “borderless window” in its video settings.</source>
        <translation>ゲームが排他的フルスクリーンのため、キャプチャできません。ゲームの画面設定で「ボーダーレスウィンドウ」にしてください。</translation>
    </message>
    <message>
        <source>The game {id} has no teacher.</source>
        <translation>ゲーム {id} には教師がいません。</translation>
    </message>
    <message>
        <source>The game&apos;s window</source>
        <translation>ゲームのウィンドウ</translation>
    </message>
    <message>
        <source>The guide {name} could not be read: {strerror}.</source>
        <translation>ガイド {name} を読めませんでした：{strerror}。</translation>
    </message>
    <message>
        <source>The guide {name} holds no text.</source>
        <translation>ガイド {name} に文章がありません。</translation>
    </message>
    <message>
        <source>The guide {name} is in an encoding that cannot be read.</source>
        <translation>ガイド {name} の文字コードを読めません。</translation>
    </message>
    <message>
        <source>The guide {name} is larger than {limit} MB.</source>
        <translation>ガイド {name} が {limit} MB を超えています。</translation>
    </message>
    <message>
        <source>The guide {name} is not text.</source>
        <translation>ガイド {name} はテキストではありません。</translation>
    </message>
    <message>
        <source>The guide {name} cannot be read.</source>
        <translation>ガイド {name} を読めません。</translation>
    </message>
    <message>
        <source>The coach gave no answer in two minutes.</source>
        <translation>コーチは2分間答えませんでした。</translation>
    </message>
    <message>
        <source>The guides for {game} have little to say about this.</source>
        <translation>{game} のガイドにはこのことがほとんど書かれていません。</translation>
    </message>
    <message>
        <source>The guides in {folder} could not be read: {strerror}.</source>
        <translation>{folder} のガイドを読めませんでした：{strerror}。</translation>
    </message>
    <message>
        <source>The guides that answers are taken from.</source>
        <translation>回答のもとになるガイド。</translation>
    </message>
    <message>
        <source>The history</source>
        <translation>履歴</translation>
    </message>
    <message>
        <source>The history could not be changed</source>
        <translation>履歴を変更できませんでした</translation>
    </message>
    <message>
        <source>The history could not be opened ({error}); advice is remembered until you quit. Check {path}.</source>
        <translation>履歴を開けませんでした（{error}）。終了するまでの助言だけ記録します。{path} を確認してください。</translation>
    </message>
    <message>
        <source>The history could not be read</source>
        <translation>履歴を読めませんでした</translation>
    </message>
    <message>
        <source>The hub answered with an error ({status}).</source>
        <translation>ハブがエラーを返しました（{status}）。</translation>
    </message>
    <message>
        <source>The hub does not accept the log-in of this computer.</source>
        <translation>ハブがこのコンピューターのログインを受け付けません。</translation>
    </message>
    <message>
        <source>The keyring holds no key for {value}.</source>
        <translation>キーリングに {value} のキーがありません。</translation>
    </message>
    <message>
        <source>The learning rate has to be between 0 and 1.</source>
        <translation>学習率は0と1の間にしてください。</translation>
    </message>
    <message>
        <source>The list of files</source>
        <translation>ファイルの一覧</translation>
    </message>
    <message>
        <source>The list of models {file} is damaged.</source>
        <translation>モデルの一覧 {file} が壊れています。</translation>
    </message>
    <message>
        <source>The log file says more.</source>
        <translation>詳しくはログをご覧ください。</translation>
    </message>
    <message>
        <source>The log says more.</source>
        <translation>詳しくはログをご覧ください。</translation>
    </message>
    <message>
        <source>The loss on watched questions rose from {value} to {value2}. The adapter of the best moment is kept in {out}.</source>
        <translation>検証用の質問での損失が {value} から {value2} に上がりました。最良の時点のアダプターは {out} に残しました。</translation>
    </message>
    <message>
        <source>The maps of {id} have one size only.</source>
        <translation>{id} の地図の大きさは一つだけです。</translation>
    </message>
    <message>
        <source>The memory</source>
        <translation>記憶</translation>
    </message>
    <message>
        <source>The memory of past translations was damaged and has been started anew.</source>
        <translation>過去の翻訳の記録が壊れていたため、新しく始めました。</translation>
    </message>
    <message>
        <source>The model does not fit into the memory of this computer.</source>
        <translation>モデルがこのコンピューターのメモリに収まりません。</translation>
    </message>
    <message>
        <source>The model folder {folder} has no chat template.</source>
        <translation>モデルのフォルダー {folder} にチャットテンプレートがありません。</translation>
    </message>
    <message>
        <source>The model folder {folder} has no model.safetensors.</source>
        <translation>モデルのフォルダー {folder} に model.safetensors がありません。</translation>
    </message>
    <message>
        <source>The model folder {folder} has no {name}.</source>
        <translation>モデルのフォルダー {folder} に {name} がありません。</translation>
    </message>
    <message>
        <source>The model folder {folder} has no {value}.</source>
        <translation>モデルのフォルダー {folder} に {value} がありません。</translation>
    </message>
    <message>
        <source>The model folder {parent} has no {name}.</source>
        <translation>モデルのフォルダー {parent} に {name} がありません。</translation>
    </message>
    <message>
        <source>The model hub cannot be reached.</source>
        <translation>モデルハブに接続できません。</translation>
    </message>
    <message>
        <source>The model in {folder} is damaged: some of its weights are not numbers (NaN or infinity).</source>
        <translation>{folder} のモデルは壊れています。重みの一部が数値ではありません（NaN または無限大）。</translation>
    </message>
    <message>
        <source>The model in {folder} lacks {value} of its weights.</source>
        <translation>{folder} のモデルは重みが {value} 個足りません。</translation>
    </message>
    <message>
        <source>The model is unloaded.</source>
        <translation>モデルは解放されています。</translation>
    </message>
    <message>
        <source>The model {model} of the server {host} thought for {seconds} s without an answer.</source>
        <translation>サーバー {host} のモデル {model} は {seconds} 秒考え続け、回答しませんでした。</translation>
    </message>
    <message>
        <source>The model {model} of the server {host} used up its tokens for thoughts, and gave no answer.</source>
        <translation>サーバー {host} のモデル {model} は思考でトークンを使い切り、回答しませんでした。</translation>
    </message>
    <message>
        <source>The models that give advice.</source>
        <translation>助言するモデル。</translation>
    </message>
    <message>
        <source>The models that the coach knows, and which of them are on this computer.</source>
        <translation>コーチの知っているモデルと、このコンピューターにあるかどうかを示します。</translation>
    </message>
    <message>
        <source>The network has weights that are not numbers, and was not saved; the last good checkpoint stays.</source>
        <translation>重みに数でないものがあるため保存しませんでした。最後の正常なチェックポイントは残っています。</translation>
    </message>
    <message>
        <source>The old file could not be copied ({strerror}): copy {path} before changing a setting.</source>
        <translation>古いファイルをコピーできませんでした（{strerror}）。設定を変える前に {path} をコピーしてください。</translation>
    </message>
    <message>
        <source>The old file is kept as {backup}.</source>
        <translation>古いファイルは {backup} として残しました。</translation>
    </message>
    <message>
        <source>The picture could not be read; the coach tries again by itself.</source>
        <translation>画面を読めませんでした。コーチが自動でやり直します。</translation>
    </message>
    <message>
        <source>The picture has been black for a while. If the game is not dark, set it to “borderless window”, or choose its window in the settings.</source>
        <translation>しばらく画面が真っ黒です。暗い場面でなければ、ゲームを「ボーダーレスウィンドウ」にするか、設定でウィンドウを選んでください。</translation>
    </message>
    <message>
        <source>The picture is only {width}×{height} pixels, too small to see anything in.</source>
        <translation>画像が {width}×{height} ピクセルしかなく、小さすぎて何も見えません。</translation>
    </message>
    <message>
        <source>The picture of {width}×{height} pixels is too long and thin to see anything in.</source>
        <translation>{width}×{height} ピクセルの画像は細長すぎて、何も見分けられません。</translation>
    </message>
    <message>
        <source>The picture {path} cannot be read: {strerror}.</source>
        <translation>画像 {path} を読めません：{strerror}。</translation>
    </message>
    <message>
        <source>The picture {path} does not exist.</source>
        <translation>画像 {path} がありません。</translation>
    </message>
    <message>
        <source>The picture {path} has more than {value} million pixels.</source>
        <translation>画像 {path} が {value} 百万ピクセルを超えています。</translation>
    </message>
    <message>
        <source>The picture {path} is broken.</source>
        <translation>画像 {path} が壊れています。</translation>
    </message>
    <message>
        <source>The picture {path} is empty.</source>
        <translation>画像 {path} が空です。</translation>
    </message>
    <message>
        <source>The picture {path} may not be read.</source>
        <translation>画像 {path} を読む権限がありません。</translation>
    </message>
    <message>
        <source>The pictures are too large for the server {host}.</source>
        <translation>画像がサーバー {host} には大きすぎます。</translation>
    </message>
    <message>
        <source>The pictures could not be written: {strerror}.</source>
        <translation>画像を書き込めませんでした：{strerror}。</translation>
    </message>
    <message>
        <source>The practice game</source>
        <translation>練習ゲーム</translation>
    </message>
    <message>
        <source>The practice game did not appear on the screen.</source>
        <translation>練習ゲームが画面に現れませんでした。</translation>
    </message>
    <message>
        <source>The practice games, on any computer.</source>
        <translation>練習ゲーム用。どのコンピューターでも動きます。</translation>
    </message>
    <message>
        <source>The proxy{shown} of the variable {name} cannot be used.</source>
        <translation>変数 {name} のプロキシ{shown} は使えません。</translation>
    </message>
    <message>
        <source>The question.</source>
        <translation>質問。</translation>
    </message>
    <message>
        <source>The questions and answers</source>
        <translation>質問と回答</translation>
    </message>
    <message>
        <source>The questions and answers could not be saved as Parquet: {strerror}.</source>
        <translation>質問と回答を Parquet で保存できませんでした：{strerror}。</translation>
    </message>
    <message>
        <source>The questions and answers in {path} could not be read: {error}.</source>
        <translation>{path} の質問と回答を読めませんでした：{error}。</translation>
    </message>
    <message>
        <source>The recording</source>
        <translation>録画</translation>
    </message>
    <message>
        <source>The replay memory would take {value} MB, and only {value2} MB are free.</source>
        <translation>リプレイメモリに {value} MB 必要ですが、空きは {value2} MB です。</translation>
    </message>
    <message>
        <source>The saved training {file} is damaged.</source>
        <translation>保存した学習 {file} が壊れています。</translation>
    </message>
    <message>
        <source>The screen cannot be read. Choose another monitor or a window.</source>
        <translation>画面を読み取れません。別のモニターかウィンドウを選んでください。</translation>
    </message>
    <message>
        <source>The screen “{name}” cannot be reached.</source>
        <translation>画面「{name}」に接続できません。</translation>
    </message>
    <message>
        <source>The screen “{value}” cannot be reached.</source>
        <translation>画面「{value}」に接続できません。</translation>
    </message>
    <message>
        <source>The seed has to be 0 or more.</source>
        <translation>シードは0以上にしてください。</translation>
    </message>
    <message>
        <source>The server {host} cannot be reached through the proxy of the variable {variable}.</source>
        <translation>変数 {variable} のプロキシを通してサーバー {host} に接続できません。</translation>
    </message>
    <message>
        <source>The server {host} cannot be reached.</source>
        <translation>サーバー {host} に接続できません。</translation>
    </message>
    <message>
        <source>The server {host} offers several models: {names}.</source>
        <translation>サーバー {host} には複数のモデルがあります：{names}。</translation>
    </message>
    <message>
        <source>The server {host} {what}.</source>
        <translation>サーバー {host} が{what}。</translation>
    </message>
    <message>
        <source>The setting {place} is not usable ({value}); its default is used.</source>
        <translation>設定 {place} の値は使えないため、既定値を使います。</translation>
    </message>
    <message>
        <source>The setting {place} is unknown and is ignored.</source>
        <translation>設定 {place} は不明なため無視します。</translation>
    </message>
    <message>
        <source>The settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>The settings could not be read ({strerror}); the defaults are used. Check {path}.</source>
        <translation>設定を読めなかったため（{strerror}）、既定値を使います。{path} を確認してください。</translation>
    </message>
    <message>
        <source>The templates in {path} could not be read: {error}</source>
        <translation>{path} のひな形を読み込めませんでした：{error}</translation>
    </message>
    <message>
        <source>The text model under the adapter.</source>
        <translation>アダプターのベースとなるテキストモデル。</translation>
    </message>
    <message>
        <source>The training</source>
        <translation>学習結果</translation>
    </message>
    <message>
        <source>The training diverged after {steps} steps ({error}), before any checkpoint was made.</source>
        <translation>チェックポイントを作る前に、学習が {steps} ステップで発散しました（{error}）。</translation>
    </message>
    <message>
        <source>The training diverged after {steps} steps ({error}); the last good checkpoint is {last}.</source>
        <translation>学習が {steps} ステップで発散しました（{error}）。最後の正常なチェックポイントは {last} です。</translation>
    </message>
    <message>
        <source>The window manager</source>
        <translation>ウィンドウマネージャー</translation>
    </message>
    <message>
        <source>There are no guides.</source>
        <translation>ガイドがありません。</translation>
    </message>
    <message>
        <source>There are no templates for {game}: name a teacher by --base-url and --model.</source>
        <translation>{game} のひな形がありません。--base-url と --model で教師モデルを指定してください。</translation>
    </message>
    <message>
        <source>There are no templates for “{game}”.</source>
        <translation>「{game}」のひな形がありません。</translation>
    </message>
    <message>
        <source>There are only {value} questions to learn from.</source>
        <translation>学習に使える質問が {value} 件しかありません。</translation>
    </message>
    <message>
        <source>There are too few different questions to hold some out.</source>
        <translation>評価用に取り分けるには、異なる質問が少なすぎます。</translation>
    </message>
    <message>
        <source>There is a folder {target} already.</source>
        <translation>フォルダー {target} はすでにあります。</translation>
    </message>
    <message>
        <source>There is no Q-network for {game} yet.</source>
        <translation>{game} のQネットワークはまだありません。</translation>
    </message>
    <message>
        <source>There is no adapter folder {folder}.</source>
        <translation>アダプターのフォルダー {folder} がありません。</translation>
    </message>
    <message>
        <source>There is no file {path}.</source>
        <translation>ファイル {path} がありません。</translation>
    </message>
    <message>
        <source>There is no game {id} to play: {error}</source>
        <translation>ゲーム {id} は遊べません：{error}</translation>
    </message>
    <message>
        <source>There is no game {name} to play: {error}</source>
        <translation>ゲーム {name} は遊べません：{error}</translation>
    </message>
    <message>
        <source>There is no picture to try the prompt with.</source>
        <translation>プロンプトを試す画像がありません。</translation>
    </message>
    <message>
        <source>There is no practice game called {name}.</source>
        <translation>{name} という練習ゲームはありません。</translation>
    </message>
    <message>
        <source>There is no preset {name}.</source>
        <translation>{name} というプリセットはありません。</translation>
    </message>
    <message>
        <source>There is no secure connection to the server {host}.</source>
        <translation>サーバー {host} に安全に接続できません。</translation>
    </message>
    <message>
        <source>There is not enough room for {value} GB in {value2}.</source>
        <translation>{value2} には {value} GB の空きがありません。</translation>
    </message>
    <message>
        <source>There was not enough memory for the answer.</source>
        <translation>回答に必要なメモリが足りませんでした。</translation>
    </message>
    <message>
        <source>This measures the processor, but a graphics card computes here.</source>
        <translation>これはプロセッサーの測定ですが、ここではグラフィックカードが計算します。</translation>
    </message>
    <message>
        <source>Train a text adapter (QLoRA) on questions and answers about a game. On several cards or machines: accelerate launch -m coach_app train tips.</source>
        <translation>ゲームについての質問と回答でテキストアダプター（QLoRA）を学習します。複数のカードやコンピューターでは：accelerate launch -m coach_app train tips</translation>
    </message>
    <message>
        <source>Train one with: coach train dqn --game {game}; name it then.</source>
        <translation>次で学習し、名前を指定してください：coach train dqn --game {game}</translation>
    </message>
    <message>
        <source>Try again later, or choose another model.</source>
        <translation>後でもう一度試すか、別のモデルを選んでください。</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>後でもう一度お試しください。</translation>
    </message>
    <message>
        <source>Try again when it has answered.</source>
        <translation>回答が終わってから、もう一度試してください。</translation>
    </message>
    <message>
        <source>Try again when the coach is ready.</source>
        <translation>コーチの準備ができてから、もう一度試してください。</translation>
    </message>
    <message>
        <source>Try again; the server&apos;s own log may say why.</source>
        <translation>もう一度試してください。サーバーのログに原因があるかもしれません。</translation>
    </message>
    <message>
        <source>The state log could not be written: {strerror}.</source>
        <translation>状態の記録を書き込めませんでした：{strerror}。</translation>
    </message>
    <message>
        <source>--steps and --after exclude each other.</source>
        <translation>--steps と --after は同時に指定できません。</translation>
    </message>
    <message>
        <source>A game that can be copied: {value}.</source>
        <translation>複製できるゲーム：{value}。</translation>
    </message>
    <message>
        <source>A model on the Hugging Face hub, or a folder on this computer.</source>
        <translation>Hugging Face ハブのモデル、またはこのコンピューターのフォルダー。</translation>
    </message>
    <message>
        <source>A picture of a game that cannot be copied: a model guesses.</source>
        <translation>コピーできないゲームの画像。モデルが推測します。</translation>
    </message>
    <message>
        <source>A picture of a question is missing.</source>
        <translation>問題の画像がありません。</translation>
    </message>
    <message>
        <source>A practice game; may be given several times. By default all of them.</source>
        <translation>練習ゲーム。複数回指定できます。省略するとすべて。</translation>
    </message>
    <message>
        <source>A recording of a practice game (coach practice GAME --state-log FILE), a GIF, a video, or a folder of pictures; by default, what was played last.</source>
        <translation>練習ゲームの記録（coach practice GAME --state-log FILE）、GIF、動画、または画像のフォルダー。省略すると、最後に遊んだもの。</translation>
    </message>
    <message>
        <source>A text model that proposes the tasks of a curriculum.</source>
        <translation>カリキュラムの課題を提案するテキストモデル。</translation>
    </message>
    <message>
        <source>A text model that says what you found bad in better words, and keeps what it rates higher itself.</source>
        <translation>よくないと評価した助言を言い直し、自分でより高く評価したものだけを残すテキストモデル。</translation>
    </message>
    <message>
        <source>Activision does not allow software that it has not authorized and that eases the game or gives you an unfair advantage.</source>
        <translation>Activisionは、許可していないソフトウェアでゲームを楽にしたり不当に有利になったりすることを認めていません。</translation>
    </message>
    <message>
        <source>Adapt all of a small model, its eyes too, for a game that looks like no other.</source>
        <translation>ほかのどれとも似ていないゲームのために、小さなモデルを、画像を見る部分も含めてすべて学習させます。</translation>
    </message>
    <message>
        <source>Add one in the system&apos;s settings, or switch speech off.</source>
        <translation>システムの設定で追加するか、読み上げをオフにしてください。</translation>
    </message>
    <message>
        <source>Add that model, or a copy of it under any name, with: coach models add ID-OR-FOLDER; or train the adapter anew on another model with: coach train tips</source>
        <translation>そのモデルか、名前を問わずそのコピーを coach models add ID-OR-FOLDER で追加してください。または coach train tips で、別のモデルの上にアダプターを学習し直してください。</translation>
    </message>
    <message>
        <source>Advice was followed {followed} of {advised} times.</source>
        <translation>助言には{advised}回中{followed}回従いました。</translation>
    </message>
    <message>
        <source>Against forgetting: plain, ewc, replay or distill.</source>
        <translation>忘れるのを防ぐ方法：plain、ewc、replay、distill。</translation>
    </message>
    <message>
        <source>Agents that read take the most likely words instead of drawing them.</source>
        <translation>文章を読むエージェントは、確率で選ばず、最もありそうな語を選びます。</translation>
    </message>
    <message>
        <source>All that was recorded of {name}.</source>
        <translation>{name}の全記録。</translation>
    </message>
    <message>
        <source>Allow it in the system&apos;s settings for privacy, and see whether another program uses it alone.</source>
        <translation>システムのプライバシー設定で許可し、ほかのプログラムが独占していないかを確かめてください。</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>答え</translation>
    </message>
    <message>
        <source>Any game, with 12 GB of graphics memory; reads text on the screen well.</source>
        <translation>どのゲームでも。12 GB のカード向け。画面の文字をよく読み取ります。</translation>
    </message>
    <message>
        <source>Any game, with 4 GB of graphics memory or without a graphics card; simple advice.</source>
        <translation>どのゲームでも。4 GB のカード、またはカードなしで動きます。助言は簡単なものになります。</translation>
    </message>
    <message>
        <source>Any game, with 4 to 6 GB of graphics memory.</source>
        <translation>どのゲームでも。4〜6 GB のカード向け。</translation>
    </message>
    <message>
        <source>Any game, with 6 GB of graphics memory; reads text on the screen well.</source>
        <translation>どのゲームでも。6 GB のカード向け。画面の文字をよく読み取ります。</translation>
    </message>
    <message>
        <source>Any game; can also use text adapters made for Llama 2.</source>
        <translation>どのゲームでも。Llama 2 用のテキストアダプターも使えます。</translation>
    </message>
    <message>
        <source>Any game; the first choice with 8 GB of graphics memory or more.</source>
        <translation>どのゲームでも。8 GB 以上のカードなら第一候補です。</translation>
    </message>
    <message>
        <source>As many episodes as make this number of steps together.</source>
        <translation>合計がこの手数になるまでエピソードを続けます。</translation>
    </message>
    <message>
        <source>Ask a question instead.</source>
        <translation>代わりに質問してください。</translation>
    </message>
    <message>
        <source>Ask a question to learn more.</source>
        <translation>もっと知りたいときは質問してください。</translation>
    </message>
    <message>
        <source>Ask a question, or name it with --instead.</source>
        <translation>質問するか、--instead で指定してください。</translation>
    </message>
    <message>
        <source>Ask again when you want it.</source>
        <translation>必要になったら、もう一度質問してください。</translation>
    </message>
    <message>
        <source>Ask in English, or choose the folder of a Whisper model for all languages in the settings, under Hearing.</source>
        <translation>英語で質問するか、設定の「聞き取り」で多言語版の Whisper モデルのフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>Ask only the adapter, with passages, as the app does.</source>
        <translation>アプリと同じように、攻略の文を添えて、アダプターだけに質問します。</translation>
    </message>
    <message>
        <source>At {clock}: it is not known what was done.</source>
        <translation>{clock}の場面：何をしたかは分かりません。</translation>
    </message>
    <message>
        <source>At {clock}: you chose {made}, as it seems.</source>
        <translation>{clock}：「{made}」を選んだようです。</translation>
    </message>
    <message>
        <source>At {clock}: you chose {made}, as it seems; that cost {cost}.</source>
        <translation>{clock}：「{made}」を選んだようです。損失は {cost} です。</translation>
    </message>
    <message>
        <source>BabyAI coach</source>
        <translation>ベビーAIコーチ</translation>
    </message>
    <message>
        <source>BabyAI, the practice game, on any computer.</source>
        <translation>練習ゲームの「ベビーAI」用。どのコンピューターでも動きます。</translation>
    </message>
    <message>
        <source>Better: {best}.</source>
        <translation>よりよい手：{best}。</translation>
    </message>
    <message>
        <source>Blizzard does not allow programs that change or ease the game unless it has expressly permitted them.</source>
        <translation>Blizzardは、明示的に許可したもの以外、ゲームを変えたり楽にしたりするプログラムを認めていません。</translation>
    </message>
    <message>
        <source>Buttons are {value}.</source>
        <translation>使えるボタンは {value} です。</translation>
    </message>
    <message>
        <source>Chess.com asks that all moves are your own: no help by people, programs or tools while a game is on.</source>
        <translation>Chess.comでは、手はすべて自分で考えなければならず、対局中は人やプログラム、ツールの助けを借りてはいけません。</translation>
    </message>
    <message>
        <source>Choose a larger model, or a server.</source>
        <translation>もっと大きいモデルか、サーバーを選んでください。</translation>
    </message>
    <message>
        <source>Choose a model that runs here.</source>
        <translation>このコンピューターで動くモデルを選んでください。</translation>
    </message>
    <message>
        <source>Choose a recording in which something happens, and its game with --game.</source>
        <translation>何かが起きる記録を選び、--game でそのゲームを指定してください。</translation>
    </message>
    <message>
        <source>Choose a recording in which the game is played.</source>
        <translation>ゲームをプレイしている記録を選んでください。</translation>
    </message>
    <message>
        <source>Choose a video file.</source>
        <translation>動画ファイルを選んでください。</translation>
    </message>
    <message>
        <source>Choose another game, or another agent.</source>
        <translation>別のゲームか、別のエージェントを選んでください。</translation>
    </message>
    <message>
        <source>Choose another key in the settings to be asked again.</source>
        <translation>設定で別のキーを選ぶと、もう一度尋ねられます。</translation>
    </message>
    <message>
        <source>Choose another way to collect.</source>
        <translation>別の集め方を選んでください。</translation>
    </message>
    <message>
        <source>Choose from {value}.</source>
        <translation>{value} から選んでください。</translation>
    </message>
    <message>
        <source>Choose one of {value}.</source>
        <translation>{value}のどれかを選んでください。</translation>
    </message>
    <message>
        <source>Choose other buttons for one of them.</source>
        <translation>どちらかに別のボタンを選んでください。</translation>
    </message>
    <message>
        <source>Choose others with --seed.</source>
        <translation>--seed で別のシードを選んでください。</translation>
    </message>
    <message>
        <source>Choose the folder of a Whisper model in faster-whisper&apos;s format in the settings, under Hearing.</source>
        <translation>設定の「聞き取り」で、faster-whisper 形式の Whisper モデルのフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>Close what uses it; try again.</source>
        <translation>それを使っているプログラムを閉じてから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>Collect experiences: pictures, moves, why, and what came of them. Goes on where it stopped.</source>
        <translation>経験（画像、手、その理由、結果）を集めます。途中で止めても、続きから始まります。</translation>
    </message>
    <message>
        <source>Collect more experiences.</source>
        <translation>もっと経験を集めてください。</translation>
    </message>
    <message>
        <source>Collect some experiences with: coach learn {id} collect --how explore</source>
        <translation>coach learn {id} collect --how explore で経験を集めてください。</translation>
    </message>
    <message>
        <source>Collect the experiences again.</source>
        <translation>経験を集め直してください。</translation>
    </message>
    <message>
        <source>Connect one, or switch it on.</source>
        <translation>マイクをつなぐか、オンにしてください。</translation>
    </message>
    <message>
        <source>Crafter coach</source>
        <translation>クラフターコーチ</translation>
    </message>
    <message>
        <source>Crafter, the practice game, on any computer.</source>
        <translation>練習ゲームの「クラフター」用。どのコンピューターでも動きます。</translation>
    </message>
    <message>
        <source>Ctrl+C stops; complete episodes are kept, and the next start goes on.</source>
        <translation>Ctrl+C で止められます。終わったエピソードは残り、次回は続きから始まります。</translation>
    </message>
    <message>
        <source>Delete a downloaded model, or take a folder of your own off the list.</source>
        <translation>ダウンロードしたモデルを削除するか、自分のフォルダーを一覧から外します。</translation>
    </message>
    <message>
        <source>Delete all memories of the game.</source>
        <translation>このゲームの記憶をすべて削除します。</translation>
    </message>
    <message>
        <source>Delete all of it for good?</source>
        <translation>すべて完全に削除しますか。</translation>
    </message>
    <message>
        <source>Delete all ratings of the game.</source>
        <translation>このゲームの評価をすべて削除します。</translation>
    </message>
    <message>
        <source>Delete all that is stored, for good.</source>
        <translation>保存されているものをすべて完全に削除します。</translation>
    </message>
    <message>
        <source>Delete this memory; repeatable.</source>
        <translation>この記憶を削除します（複数指定できます）。</translation>
    </message>
    <message>
        <source>Delete this rating; repeatable.</source>
        <translation>この評価を削除します（複数指定できます）。</translation>
    </message>
    <message>
        <source>Delete without asking.</source>
        <translation>確認せずに削除します。</translation>
    </message>
    <message>
        <source>Delete {file}; it is collected again.</source>
        <translation>{file} を削除してください。もう一度集められます。</translation>
    </message>
    <message>
        <source>Delete {file}; it is made again.</source>
        <translation>{file} を削除してください。作り直されます。</translation>
    </message>
    <message>
        <source>Derive every answer again by playing.</source>
        <translation>すべての答えを、実際にプレイして確かめます。</translation>
    </message>
    <message>
        <source>Do not delete this kind, for instance models; may be repeated.</source>
        <translation>この種類（たとえば models）は削除しません。くり返し指定できます。</translation>
    </message>
    <message>
        <source>Download the model again.</source>
        <translation>モデルをもう一度ダウンロードしてください。</translation>
    </message>
    <message>
        <source>Draw a practice game 60 times a second, for the measurement of the governor.</source>
        <translation>練習ゲームを1秒に60回描きます（ゲーム優先の測定用）。</translation>
    </message>
    <message>
        <source>EA does not allow third-party software that gives you an unfair advantage over other players.</source>
        <translation>EAは、ほかのプレイヤーより不当に有利になる外部ソフトウェアを認めていません。</translation>
    </message>
    <message>
        <source>Ends after so many frames; 0 for never.</source>
        <translation>この枚数のフレームで終わります。0 なら終わりません。</translation>
    </message>
    <message>
        <source>Episode {episode}, move {move}: you chose {made}, which cost {cost}.</source>
        <translation>エピソード{episode}の{move}手目：「{made}」を選び、損失は{cost}でした。</translation>
    </message>
    <message>
        <source>Episode {value}: reward {reward} after {moves} moves, mistakes: {mistakes}.</source>
        <translation>エピソード{value}：{moves}手で報酬{reward}、間違い{mistakes}手。</translation>
    </message>
    <message>
        <source>Episodes that every model plays afterwards.</source>
        <translation>その後、どのモデルもプレイするエピソードの数。</translation>
    </message>
    <message>
        <source>Episodes to play, beside random moves.</source>
        <translation>プレイするエピソードの数（でたらめな手と比べます）。</translation>
    </message>
    <message>
        <source>Explore at random, not what is new.</source>
        <translation>新しさを追わず、でたらめに動いて探索します。</translation>
    </message>
    <message>
        <source>File for the answers, as JSON lines.</source>
        <translation>回答を書き出すファイル（1 行に 1 つの JSON）。</translation>
    </message>
    <message>
        <source>Folder for the page, the JSON and the pictures.</source>
        <translation>ページ、JSON、画像を保存するフォルダー。</translation>
    </message>
    <message>
        <source>Folder of a coach to go on from: it is only refined.</source>
        <translation>続きから学習するコーチのフォルダー。仕上げだけを行います。</translation>
    </message>
    <message>
        <source>Folder of the adapter.</source>
        <translation>アダプターのフォルダー。</translation>
    </message>
    <message>
        <source>Folder of the adapters.</source>
        <translation>アダプターのフォルダー。</translation>
    </message>
    <message>
        <source>Folder of the network.</source>
        <translation>ネットワークのフォルダー。</translation>
    </message>
    <message>
        <source>For instance: What if I had gone left?</source>
        <translation>たとえば「左に行っていたら？」</translation>
    </message>
    <message>
        <source>From this cost on a move is a mistake; 0.03 by default.</source>
        <translation>損失がこれ以上の手を間違いとします。既定は0.03。</translation>
    </message>
    <message>
        <source>Game questions and playing by reading, on any computer; short, simple answers.</source>
        <translation>ゲームについての質問と、文章を読んでのプレイに。どのパソコンでも動き、短く簡単に答えます。</translation>
    </message>
    <message>
        <source>Games of the teacher to learn from.</source>
        <translation>学習に使う、教師がプレイするゲームの数。</translation>
    </message>
    <message>
        <source>Games that it plays now and then.</source>
        <translation>学習の途中でときどきプレイするゲームの数。</translation>
    </message>
    <message>
        <source>Generate them from the game&apos;s templates instead.</source>
        <translation>代わりに、ゲームのひな形から作ります。</translation>
    </message>
    <message>
        <source>Gets a JSON line a second.</source>
        <translation>1秒に1行のJSONを書くファイル。</translation>
    </message>
    <message>
        <source>Have the running coach do something, as its hotkeys and its menu do: for desktops without global hotkeys.</source>
        <translation>動いているコーチに、ホットキーやメニューと同じことをさせます。全体で使えるホットキーがないデスクトップのためのものです。</translation>
    </message>
    <message>
        <source>Hold the key while you speak, and let go when you are done.</source>
        <translation>話している間キーを押し続け、話し終わったら離してください。</translation>
    </message>
    <message>
        <source>How it answers while it plays: steps, reason or move.</source>
        <translation>プレイ中の答え方：steps（順を追って考える）、reason（理由）、move（行動だけ）。</translation>
    </message>
    <message>
        <source>How it is kept from forgetting: plain (not at all), ewc, replay or distill.</source>
        <translation>忘れるのを防ぐ方法：plain（何もしない）、ewc、replay、distill。</translation>
    </message>
    <message>
        <source>How it should have been said, in English.</source>
        <translation>どう言うべきだったか（英語で）。</translation>
    </message>
    <message>
        <source>How long each part is measured.</source>
        <translation>それぞれを測る時間。</translation>
    </message>
    <message>
        <source>How long to ask; 0 sets no limit.</source>
        <translation>どれだけ続けるか（分）。0は無制限です。</translation>
    </message>
    <message>
        <source>How much is given away, unless there is a question.</source>
        <translation>質問がないときに、どこまで教えるか。</translation>
    </message>
    <message>
        <source>How ratings are learned: margin or dpo.</source>
        <translation>評価の学び方：margin または dpo。</translation>
    </message>
    <message>
        <source>I do not see the practice game {value} in this picture.</source>
        <translation>この画像に練習ゲーム「{value}」は見えません。</translation>
    </message>
    <message>
        <source>In a situation like this{seen}, {done}: {came}.</source>
        <translation>このような場面{seen}で、{done}：{came}。</translation>
    </message>
    <message>
        <source>In one word: where to?</source>
        <translation>一言で：どこへ？</translation>
    </message>
    <message>
        <source>In the coach&apos;s opinion another move was better.</source>
        <translation>コーチの意見では、別の手のほうがよかったようです。</translation>
    </message>
    <message>
        <source>In the coach&apos;s opinion:</source>
        <translation>コーチの意見：</translation>
    </message>
    <message>
        <source>Install it (on Debian and Ubuntu: libpipewire-0.3-0), and log in again.</source>
        <translation>インストールして（Debian と Ubuntu では libpipewire-0.3-0）、ログインし直してください。</translation>
    </message>
    <message>
        <source>Install the package coach-hearing, which comes with the coach&apos;s own.</source>
        <translation>コーチ本体といっしょに配られるパッケージ coach-hearing をインストールしてください。</translation>
    </message>
    <message>
        <source>Instead of --steps: the moves before; the teacher&apos;s next one is in question.</source>
        <translation>--steps の代わり：それまでの手。お手本の次の手と比べます。</translation>
    </message>
    <message>
        <source>It changed nothing.</source>
        <translation>何も変わりませんでした。</translation>
    </message>
    <message>
        <source>It cost something at once.</source>
        <translation>すぐに損をしました。</translation>
    </message>
    <message>
        <source>It left what was to be had at once.</source>
        <translation>すぐに得られるものを逃しました。</translation>
    </message>
    <message>
        <source>It lost the game.</source>
        <translation>負けにつながりました。</translation>
    </message>
    <message>
        <source>It was a detour.</source>
        <translation>遠回りでした。</translation>
    </message>
    <message>
        <source>Its moves are: {value}.</source>
        <translation>手は次のとおりです：{value}。</translation>
    </message>
    <message>
        <source>Language of the review.</source>
        <translation>振り返りの言語。</translation>
    </message>
    <message>
        <source>Learn from play: collect experiences in a game, and show them.</source>
        <translation>プレイから学びます：ゲームで経験を集め、一覧にします。</translation>
    </message>
    <message>
        <source>Learn from your ratings, not from questions.</source>
        <translation>問題ではなく、自分の評価から学習します。</translation>
    </message>
    <message>
        <source>Learn how far a model&apos;s confidence in its moves can be trusted, and keep that on its score card for the game.</source>
        <translation>モデルの自信をどこまで信じられるかを学び、そのゲームの成績表に残します。</translation>
    </message>
    <message>
        <source>Leave out --memory, or let the coach play.</source>
        <translation>--memory を外すか、コーチにプレイさせてください。</translation>
    </message>
    <message>
        <source>Leave out one of them.</source>
        <translation>どちらかを外してください。</translation>
    </message>
    <message>
        <source>Lessons in each pass, if the base has a chat template.</source>
        <translation>1 周あたりの課題の数（土台にチャットテンプレートがある場合）。</translation>
    </message>
    <message>
        <source>Lessons per step.</source>
        <translation>1ステップあたりの例題の数。</translation>
    </message>
    <message>
        <source>List them with: coach learn GAME feedback</source>
        <translation>coach learn GAME feedback で一覧できます。</translation>
    </message>
    <message>
        <source>List them with: coach learn GAME memory</source>
        <translation>coach learn GAME memory で一覧できます。</translation>
    </message>
    <message>
        <source>Log in to a desktop session.</source>
        <translation>デスクトップにログインしてください。</translation>
    </message>
    <message>
        <source>Log out and in again.</source>
        <translation>いったんログアウトして、ログインし直してください。</translation>
    </message>
    <message>
        <source>Look at what was played: the moves that cost most, what would have been better, and what comes again.</source>
        <translation>プレイを振り返ります：損失の大きかった手、よりよかった手、繰り返される傾向。</translation>
    </message>
    <message>
        <source>Look into the desktop&apos;s log.</source>
        <translation>デスクトップのログを確認してください。</translation>
    </message>
    <message>
        <source>Make a few moves in the practice window first.</source>
        <translation>先に練習ウィンドウで何手か指してください。</translation>
    </message>
    <message>
        <source>Make a page of the experiences, with pictures, to be opened in a browser.</source>
        <translation>集めた経験の画像つきページを作ります。ブラウザーで開けます。</translation>
    </message>
    <message>
        <source>Make room for, or allow writing to, {folder}.</source>
        <translation>空き容量を増やすか、{folder} への書き込みを許可してください。</translation>
    </message>
    <message>
        <source>Make some with: coach learn GAME questions</source>
        <translation>coach learn GAME questions で作ってください。</translation>
    </message>
    <message>
        <source>Make some with: coach train guides --game {game}</source>
        <translation>次のコマンドで作成してください：coach train guides --game {game}</translation>
    </message>
    <message>
        <source>Make some: coach train guides</source>
        <translation>作るには: coach train guides</translation>
    </message>
    <message>
        <source>Make the questions again.</source>
        <translation>問題を作り直してください。</translation>
    </message>
    <message>
        <source>Maximum number of questions to learn from.</source>
        <translation>学習に使う問題の最大数。</translation>
    </message>
    <message>
        <source>Maximum number of questions to measure with.</source>
        <translation>測定に使う質問の最大数。</translation>
    </message>
    <message>
        <source>Maximum number of questions.</source>
        <translation>問題の最大数。</translation>
    </message>
    <message>
        <source>Maximum steps of these.</source>
        <translation>そのゲームの最大ステップ数。</translation>
    </message>
    <message>
        <source>Maximum steps per episode.</source>
        <translation>1エピソードの最大手数。</translation>
    </message>
    <message>
        <source>Measure frames that a game loses: alone, beside the coach at full speed, and with the governor.</source>
        <translation>ゲームが失うフレームを測ります：ゲームだけのとき、コーチが全力のとき、ゲーム優先のとき。</translation>
    </message>
    <message>
        <source>Measure how many planted mistakes a review finds, and how many it invents.</source>
        <translation>わざと混ぜた間違いを振り返りがいくつ見つけ、いくつ見誤るかを測ります。</translation>
    </message>
    <message>
        <source>Measure how memory, open files and threads grow over many requests. Ctrl+C gives the report so far.</source>
        <translation>多くのリクエストを通して、メモリ、開いたファイル、スレッドがどれだけ増えるかを測ります。Ctrl+Cで、そこまでの結果を出します。</translation>
    </message>
    <message>
        <source>Measure how well ratings are learned: held-out pairs ordered, and what moved besides, by each loss.</source>
        <translation>評価がどれだけ学ばれるかを損失ごとに測ります：取り置いた組の順序と、ほかに動いたもの。</translation>
    </message>
    <message>
        <source>Measure the Q-network&apos;s features per second: the article&apos;s 50 generated tokens against one forward pass.</source>
        <translation>Qネットワークの特徴量の速さを測ります（記事の50トークン生成と1回の順伝播を比較）。</translation>
    </message>
    <message>
        <source>Measure the installed coach, also by playing.</source>
        <translation>インストール済みのコーチを、実際にプレイさせて測ります。</translation>
    </message>
    <message>
        <source>Measure the search alone, without a model, on all questions.</source>
        <translation>モデルを使わず、検索だけをすべての質問で測定します。</translation>
    </message>
    <message>
        <source>Measure what a model is good for in a practice game, and keep it as its score card beside the model.</source>
        <translation>モデルが練習ゲームでどれだけ役立つかを測り、スコアカードとしてモデルの横に保存します。</translation>
    </message>
    <message>
        <source>Measure what a model learns and forgets by each method of coach learn GAME adapt. Goes on where it stopped.</source>
        <translation>coach learn GAME adapt の各方法で、モデルが何を学び何を忘れるかを測ります。止めたところから続けます。</translation>
    </message>
    <message>
        <source>Memory limit for these, in megabytes.</source>
        <translation>これに使うメモリの上限（MB）。</translation>
    </message>
    <message>
        <source>Mistakes: {mistakes} of {moves} moves; together they cost {cost}.</source>
        <translation>{moves}手のうち間違いは{mistakes}手で、損失は合計{cost}です。</translation>
    </message>
    <message>
        <source>Moments</source>
        <translation>場面</translation>
    </message>
    <message>
        <source>Montezuma coach</source>
        <translation>モンテズマコーチ</translation>
    </message>
    <message>
        <source>More moments on the page: {left}.</source>
        <translation>ページにはあと{left}場面あります。</translation>
    </message>
    <message>
        <source>Move {move}.</source>
        <translation>{move} に動いてください。</translation>
    </message>
    <message>
        <source>Moves that did otherwise cost {cost_otherwise} on average.</source>
        <translation>従わなかった手の損失は平均{cost_otherwise}です。</translation>
    </message>
    <message>
        <source>Moves that followed advice cost {cost_followed} on average.</source>
        <translation>助言に従った手の損失は平均{cost_followed}です。</translation>
    </message>
    <message>
        <source>Name at least one with --steps.</source>
        <translation>--steps で1手以上指定してください。</translation>
    </message>
    <message>
        <source>Name fewer moves.</source>
        <translation>手の数を減らしてください。</translation>
    </message>
    <message>
        <source>Name it with --adapter, or train one with: coach train {id}-text</source>
        <translation>--adapter で指定するか、coach train {id}-text で学習してください。</translation>
    </message>
    <message>
        <source>Name one of them.</source>
        <translation>その一つを指定してください。</translation>
    </message>
    <message>
        <source>Name one of: {value}.</source>
        <translation>次のどれかを指定してください：{value}。</translation>
    </message>
    <message>
        <source>Name one with --model, for instance smollm2.</source>
        <translation>--model で指定してください（例：smollm2）。</translation>
    </message>
    <message>
        <source>Name other ones with --first-seed.</source>
        <translation>--first-seed で別のシードを指定してください。</translation>
    </message>
    <message>
        <source>Name the game and the --size that was played.</source>
        <translation>実際に遊んだゲームと --size を指定してください。</translation>
    </message>
    <message>
        <source>Next: {move}.</source>
        <translation>次の手：{move}。</translation>
    </message>
    <message>
        <source>No gamepad is connected. Connect one, and press its buttons.</source>
        <translation>ゲームパッドがつながっていません。つないでから、ボタンを押してください。</translation>
    </message>
    <message>
        <source>No model has learned {id} yet.</source>
        <translation>{id} を学んだモデルはまだありません。</translation>
    </message>
    <message>
        <source>No move was made.</source>
        <translation>まだ1手も指されていません。</translation>
    </message>
    <message>
        <source>No question can be made of what was collected of {id}: nothing is known of what was done in it.</source>
        <translation>{id} で集めたものからは問題を作れません。何をしたかがわからないためです。</translation>
    </message>
    <message>
        <source>No question is about the guides of “{game}”.</source>
        <translation>「{game}」の攻略ガイドについての質問がありません。</translation>
    </message>
    <message>
        <source>No rating of {id} says what would be better.</source>
        <translation>{id} の評価には、よりよい言い方を書いたものがありません。</translation>
    </message>
    <message>
        <source>None of the {moves} moves was a mistake.</source>
        <translation>{moves}手のうち、間違いはありませんでした。</translation>
    </message>
    <message>
        <source>Not everything could be deleted: {value} is in use.</source>
        <translation>すべては削除できませんでした。{value} が使用中です。</translation>
    </message>
    <message>
        <source>Not measured on any game yet.</source>
        <translation>まだどのゲームでも測定していません。</translation>
    </message>
    <message>
        <source>Not measured on this game.</source>
        <translation>このゲームでは測定していません。</translation>
    </message>
    <message>
        <source>Noted: this was good.</source>
        <translation>よい助言として記録しました。</translation>
    </message>
    <message>
        <source>Noted: this was not good. In the history you can say why.</source>
        <translation>よくない助言として記録しました。理由は履歴で書けます。</translation>
    </message>
    <message>
        <source>Nothing happens in {path}.</source>
        <translation>{path} では何も起きていません。</translation>
    </message>
    <message>
        <source>Nothing is remembered of {id} yet.</source>
        <translation>{id} については、まだ何も覚えていません。</translation>
    </message>
    <message>
        <source>Nothing was kept that could be reviewed.</source>
        <translation>振り返れるものが残っていません。</translation>
    </message>
    <message>
        <source>Nothing was picked. Choose in the menu what to watch to be asked again.</source>
        <translation>何も選ばれませんでした。もう一度選ぶには、メニューから「見る対象を選ぶ」を開いてください。</translation>
    </message>
    <message>
        <source>Nothing was played in {path}.</source>
        <translation>{path} では1手も指されていません。</translation>
    </message>
    <message>
        <source>Nothing was understood. Hold the key, and ask again.</source>
        <translation>聞き取れませんでした。キーを押し続けて、もう一度質問してください。</translation>
    </message>
    <message>
        <source>Number of adaptations by each method.</source>
        <translation>各方法での学習の回数。</translation>
    </message>
    <message>
        <source>Number of answers by each method at each level of detail.</source>
        <translation>細かさごとに、それぞれの方法で回答する回数。</translation>
    </message>
    <message>
        <source>Number of episodes.</source>
        <translation>エピソードの数。</translation>
    </message>
    <message>
        <source>Number of lessons in an epoch.</source>
        <translation>1エポックの例題の数。</translation>
    </message>
    <message>
        <source>Number of moves that the teacher makes after it.</source>
        <translation>そのあとお手本が続ける手の数。</translation>
    </message>
    <message>
        <source>Number of passes through all lessons.</source>
        <translation>すべての例題を学習する回数。</translation>
    </message>
    <message>
        <source>Number of passes through all pairs.</source>
        <translation>すべての組を学ぶ回数。</translation>
    </message>
    <message>
        <source>Number of planted mistakes.</source>
        <translation>混ぜる間違いの数。</translation>
    </message>
    <message>
        <source>Number of positions to learn from, and to measure with.</source>
        <translation>学ぶ場面の数。測定にも同じ数の別の場面を使います。</translation>
    </message>
    <message>
        <source>Number of requests to the engine; 0 sets no limit.</source>
        <translation>エンジンへのリクエストの数。0は無制限です。</translation>
    </message>
    <message>
        <source>On Linux install libportaudio2.</source>
        <translation>Linux では libportaudio2 をインストールしてください。</translation>
    </message>
    <message>
        <source>On Linux install speech-dispatcher and espeak-ng; elsewhere add a voice in the system&apos;s settings.</source>
        <translation>Linux では speech-dispatcher と espeak-ng をインストールし、ほかのシステムでは設定で音声を追加してください。</translation>
    </message>
    <message>
        <source>On second thoughts, the coach finds that better than its own move.</source>
        <translation>考え直すと、コーチは自分の手よりこちらがよいと考えます。</translation>
    </message>
    <message>
        <source>On this desktop the coach&apos;s keys work only while a game that runs under XWayland has the keyboard. For all other games add keys to the desktop&apos;s own settings: “coach do --lines” prints what to add.</source>
        <translation>このデスクトップでは、コーチのホットキーは XWayland で動くゲームを操作している間だけ使えます。ほかのゲームで使うには、デスクトップ自体の設定にキーを加えてください。加える行は「coach do --lines」で表示できます。</translation>
    </message>
    <message>
        <source>One of {value}.</source>
        <translation>{value}のどれか。</translation>
    </message>
    <message>
        <source>Only models on this computer learn.</source>
        <translation>学べるのは、このコンピューターにあるモデルだけです。</translation>
    </message>
    <message>
        <source>Only of this kind: plan, activity, counting, path, next, decision, advice; repeatable.</source>
        <translation>この種類だけ：plan、activity、counting、path、next、decision、advice。繰り返し指定できます。</translation>
    </message>
    <message>
        <source>Only set from which probability on moves are named, and measure.</source>
        <translation>手を挙げる確率の下限を決め直し、測定だけを行います。</translation>
    </message>
    <message>
        <source>PIP_INDEX_URL is not the address of a package index.</source>
        <translation>PIP_INDEX_URL がパッケージインデックスのアドレスではありません。</translation>
    </message>
    <message>
        <source>Pairs of each game to measure with.</source>
        <translation>測定に使う、ゲームごとの画像の組の数。</translation>
    </message>
    <message>
        <source>Pairs of pictures of each game to learn from.</source>
        <translation>学習に使う、ゲームごとの画像の組の数。</translation>
    </message>
    <message>
        <source>Pick the game&apos;s window in the window that your desktop shows.</source>
        <translation>デスクトップが表示したウィンドウで、ゲームのウィンドウを選んでください。</translation>
    </message>
    <message>
        <source>PipeWire, which Wayland desktops send their pictures through, is missing.</source>
        <translation>Wayland のデスクトップが画面を渡すのに使う PipeWire がありません。</translation>
    </message>
    <message>
        <source>PokerStars regards a tool that tells you in real time what to do as cheating.</source>
        <translation>PokerStarsは、どうすべきかをその場で教えるツールを不正行為とみなしています。</translation>
    </message>
    <message>
        <source>Print what to add to the desktop&apos;s settings, so that your hotkeys do this.</source>
        <translation>ホットキーで同じことができるように、デスクトップの設定に加える行を表示します。</translation>
    </message>
    <message>
        <source>Processor time for each frame.</source>
        <translation>フレームごとのプロセッサー時間。</translation>
    </message>
    <message>
        <source>Questions to learn from.</source>
        <translation>学ぶ質問の数。</translation>
    </message>
    <message>
        <source>Questions, and examples of the rest, to measure with.</source>
        <translation>測定に使う質問と、そのほかの例の数。</translation>
    </message>
    <message>
        <source>Quit it, or delete on its Privacy page.</source>
        <translation>コーチを終了するか、「プライバシー」のページで削除してください。</translation>
    </message>
    <message>
        <source>Random seed; with several episodes, that of the first one.</source>
        <translation>乱数のシード（エピソードが複数なら、最初のもの）。</translation>
    </message>
    <message>
        <source>Rank of the adapter&apos;s matrices.</source>
        <translation>アダプターの行列のランク。</translation>
    </message>
    <message>
        <source>Rank of the adapter.</source>
        <translation>アダプターのランク。</translation>
    </message>
    <message>
        <source>Rate advice in the history, and write how it should have been said.</source>
        <translation>履歴で助言を評価し、どう言うべきだったかを書いてください。</translation>
    </message>
    <message>
        <source>Rated by the Q-network {network}: {rated}, of which mistakes: {mistakes}.</source>
        <translation>Q ネットワーク {network} が評価した場面：{rated}、うち間違い：{mistakes}。</translation>
    </message>
    <message>
        <source>Ratings of {game}: {value}. Situations that show what you prefer: {value2}.</source>
        <translation>{game} の評価：{value}。好みの分かる場面：{value2}。</translation>
    </message>
    <message>
        <source>Ratings to learn from.</source>
        <translation>学ぶ評価の数。</translation>
    </message>
    <message>
        <source>Ratings to measure with.</source>
        <translation>測定に使う評価の数。</translation>
    </message>
    <message>
        <source>Recipes: default, original.</source>
        <translation>レシピ：default、original。</translation>
    </message>
    <message>
        <source>Record every state and move as JSON lines.</source>
        <translation>すべての状態と手を JSON の行として記録します。</translation>
    </message>
    <message>
        <source>Record or watch one agent at a time.</source>
        <translation>録画や観戦ができるエージェントは、一度に1つだけです。</translation>
    </message>
    <message>
        <source>Record your play with: coach practice GAME --state-log FILE</source>
        <translation>プレイは coach practice GAME --state-log FILE で記録できます。</translation>
    </message>
    <message>
        <source>Recording: {moves} situations.</source>
        <translation>記録：{moves}場面。</translation>
    </message>
    <message>
        <source>Remember all experiences.</source>
        <translation>集めた経験をすべて覚えます。</translation>
    </message>
    <message>
        <source>Replace what this memory says by --text.</source>
        <translation>この記憶の内容を --text で置き換えます。</translation>
    </message>
    <message>
        <source>Review: {title}</source>
        <translation>振り返り：{title}</translation>
    </message>
    <message>
        <source>Right in {right} of {positions} here.</source>
        <translation>このゲームでは{positions}場面中{right}場面で正解。</translation>
    </message>
    <message>
        <source>Riot Games does not allow programs that draw conclusions for you or give you a measurable advantage while you play.</source>
        <translation>Riot Gamesは、プレイ中に代わりに判断したり、明らかに有利にしたりするプログラムを認めていません。</translation>
    </message>
    <message>
        <source>Say why this rating (--critique), and what is better (--better).</source>
        <translation>この評価の理由（--critique）と、よりよい言い方（--better）を書きます。</translation>
    </message>
    <message>
        <source>Seconds before that, for the governor to find its step.</source>
        <translation>その前に、ゲーム優先の段階が決まるまで待つ秒数。</translation>
    </message>
    <message>
        <source>Seconds from one position to the next.</source>
        <translation>局面が変わる間隔（秒）。</translation>
    </message>
    <message>
        <source>Seed of the first of them.</source>
        <translation>その最初のシード。</translation>
    </message>
    <message>
        <source>Servers such as Hypixel allow only certain kinds of modifications, and warn of those that give you an advantage.</source>
        <translation>Hypixelなどのサーバーは、決められた種類の改造だけを認め、有利になるものに注意を促しています。</translation>
    </message>
    <message>
        <source>Share of random moves in a plan, to learn what to do after a mistake.</source>
        <translation>計画に混ぜるランダムな手の割合。間違えた後にどうするかを学ぶためです。</translation>
    </message>
    <message>
        <source>Share of the questions that ask to point, too.</source>
        <translation>指し示すことも求める質問の割合。</translation>
    </message>
    <message>
        <source>Show it in a window, in which moves can be tried.</source>
        <translation>手を試せるウィンドウで表示します。</translation>
    </message>
    <message>
        <source>Show the answer</source>
        <translation>答えを見る</translation>
    </message>
    <message>
        <source>Show the game in a window at 1x to 4x, and let the agent watch that.</source>
        <translation>ゲームを1～4倍のウィンドウに表示し、エージェントにそれを見せます。</translation>
    </message>
    <message>
        <source>Show, edit or delete what is remembered of situations. Collecting adds to it; coach play --memory recalls it.</source>
        <translation>覚えている場面を表示、編集、削除します。経験を集めると増え、coach play --memory で思い出します。</translation>
    </message>
    <message>
        <source>Show, explain or delete your ratings: thumbs up and down, by hotkey or in the history.</source>
        <translation>ホットキーや履歴で付けた評価を表示、説明、削除します。</translation>
    </message>
    <message>
        <source>Simulations for each move of a plan.</source>
        <translation>計画の1手ごとのシミュレーション数。</translation>
    </message>
    <message>
        <source>Situations kept of {title}: {value}.</source>
        <translation>{title}の残した場面：{value}件。</translation>
    </message>
    <message>
        <source>Situations of {title} that were kept for a review: {count}.</source>
        <translation>{title}の場面を{count}件、振り返りのために残しました。</translation>
    </message>
    <message>
        <source>SmolLM2 135M</source>
        <translation>SmolLM2 135M</translation>
    </message>
    <message>
        <source>Something other than a package index answered, as happens in networks that want a log-in first.</source>
        <translation>パッケージインデックス以外から応答がありました。先にログインが必要なネットワークで起こります。</translation>
    </message>
    <message>
        <source>Source, as of {as_of}: {source}</source>
        <translation>出典（{as_of}時点）：{source}</translation>
    </message>
    <message>
        <source>Source, known to us from quotations: {source}</source>
        <translation>出典（引用で確認）：{source}</translation>
    </message>
    <message>
        <source>Source: {source}</source>
        <translation>出典：{source}</translation>
    </message>
    <message>
        <source>Square Enix forbids third-party programs and tools in Final Fantasy XIV.</source>
        <translation>スクウェア・エニックスは、ファイナルファンタジーXIVでの外部プログラムやツールの使用を禁じています。</translation>
    </message>
    <message>
        <source>Start it with: coach</source>
        <translation>次のコマンドで起動できます：coach</translation>
    </message>
    <message>
        <source>Start the coach again.</source>
        <translation>コーチを起動し直してください。</translation>
    </message>
    <message>
        <source>Steps in copies for the plan of an episode, in games with rewards far away.</source>
        <translation>報酬が遠いゲームで、1エピソードの計画のためにコピーの中で進める手数。</translation>
    </message>
    <message>
        <source>Steps of refining the answers.</source>
        <translation>回答を仕上げるステップ数。</translation>
    </message>
    <message>
        <source>Stopped. Nothing has been learned yet.</source>
        <translation>中止しました。まだ何も学習していません。</translation>
    </message>
    <message>
        <source>Stopped. What was learned up to a minute ago is kept: the same command goes on from there.</source>
        <translation>中止しました。1分前までに学習した内容は保存されており、同じコマンドでそこから再開します。</translation>
    </message>
    <message>
        <source>Such pairs as captures look.</source>
        <translation>そのうち、画面の取り込みに似せた組の数。</translation>
    </message>
    <message>
        <source>Switch on “Hear questions” in the settings, under Hearing.</source>
        <translation>設定の「聞き取り」で「質問を聞き取る」をオンにしてください。</translation>
    </message>
    <message>
        <source>Switch on “Record practice games” in the settings and play, or name a file.</source>
        <translation>設定で「練習ゲームを記録」をオンにしてプレイするか、ファイルを指定してください。</translation>
    </message>
    <message>
        <source>Switch recording on for this game in the window Learning…, and play; or name a recording with --from.</source>
        <translation>「学習…」ウィンドウでこのゲームの記録をオンにしてプレイするか、--from で記録を指定してください。</translation>
    </message>
    <message>
        <source>Switch “Stay offline” off in the settings.</source>
        <translation>設定の「オフラインのまま使う」をオフにしてください。</translation>
    </message>
    <message>
        <source>Take a close look at what is around you.</source>
        <translation>まわりをよく見てみましょう。</translation>
    </message>
    <message>
        <source>That it plays better is not certain: it is not used.</source>
        <translation>上達したとは言い切れないので、使いません。</translation>
    </message>
    <message>
        <source>The adapter has collapsed: {same} of its {of} are the same. It is kept in {folder}, but do not use it.</source>
        <translation>アダプターが崩壊しました。{of}の {same} が同じです。{folder} に残してありますが、使わないでください。</translation>
    </message>
    <message>
        <source>The adapter of text-tuned, which plays by reading.</source>
        <translation>文章を読んでプレイする text-tuned のアダプター。</translation>
    </message>
    <message>
        <source>The agent cannot play without a text model.</source>
        <translation>このエージェントはテキストモデルなしではプレイできません。</translation>
    </message>
    <message>
        <source>The agent that was trained cannot play without an adapter.</source>
        <translation>学習済みのエージェントはアダプターなしではプレイできません。</translation>
    </message>
    <message>
        <source>The agent {name} has no memory.</source>
        <translation>エージェント {name} には記憶がありません。</translation>
    </message>
    <message>
        <source>The answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>The archive</source>
        <translation>アーカイブ</translation>
    </message>
    <message>
        <source>The archive {name} is damaged.</source>
        <translation>アーカイブ「{name}」が壊れています。</translation>
    </message>
    <message>
        <source>The bundled vision model that learns.</source>
        <translation>学ぶ付属の画像モデル。</translation>
    </message>
    <message>
        <source>The coach</source>
        <translation>コーチ</translation>
    </message>
    <message>
        <source>The coach cannot play {id}, so whether a model plays it better is for you to say.</source>
        <translation>コーチは {id} をプレイできないので、モデルが上達したかどうかはあなたの判断になります。</translation>
    </message>
    <message>
        <source>The coach cannot reach the microphone.</source>
        <translation>コーチからマイクを使えません。</translation>
    </message>
    <message>
        <source>The coach could not be started once more, for a window of its own.</source>
        <translation>別のウィンドウのためのコーチを起動できませんでした。</translation>
    </message>
    <message>
        <source>The coach ended unexpectedly twice in a row, so it has started in plain mode: without a model, and in its default look. Change in the settings what may be the cause, such as the model, or choose “Leave plain mode” in the menu.</source>
        <translation>コーチが2回続けて異常終了したため、簡易モードで起動しました。モデルは読み込まれず、見た目は初期のままです。モデルなど、原因と思われる設定を変えるか、メニューの「簡易モードを終える」を選んでください。</translation>
    </message>
    <message>
        <source>The coach had advised {advised}.</source>
        <translation>コーチの助言は「{advised}」でした。</translation>
    </message>
    <message>
        <source>The coach is not running.</source>
        <translation>コーチが動いていません。</translation>
    </message>
    <message>
        <source>The coach is set to stay offline.</source>
        <translation>コーチはオフラインのまま使う設定です。</translation>
    </message>
    <message>
        <source>The coach is still running.</source>
        <translation>コーチがまだ動いています。</translation>
    </message>
    <message>
        <source>The coach recalls what is remembered of the game.</source>
        <translation>コーチが、そのゲームについて覚えていることを思い出しながらプレイします。</translation>
    </message>
    <message>
        <source>The coach would have done something else, but is not sure that it is better.</source>
        <translation>コーチなら別の手でしたが、そのほうがよいかどうかは確かではありません。</translation>
    </message>
    <message>
        <source>The coach would have done the same.</source>
        <translation>コーチも同じ手を選びました。</translation>
    </message>
    <message>
        <source>The coach would have done the same: {same}. It finds worse what was done: {worse}.</source>
        <translation>コーチも同じ手を選ぶ場面：{same}。コーチの手のほうがよいと考える場面：{worse}。</translation>
    </message>
    <message>
        <source>The connection to the desktop was lost.</source>
        <translation>デスクトップとの接続が切れました。</translation>
    </message>
    <message>
        <source>The connection to the package index was lost.</source>
        <translation>パッケージインデックスとの接続が切れました。</translation>
    </message>
    <message>
        <source>The desktop did not do what the coach asked for.</source>
        <translation>デスクトップがコーチの要求に応じませんでした。</translation>
    </message>
    <message>
        <source>The desktop does not answer.</source>
        <translation>デスクトップが応答しません。</translation>
    </message>
    <message>
        <source>The desktop is asked for its picture.</source>
        <translation>デスクトップに画面を要求しています。</translation>
    </message>
    <message>
        <source>The desktop refused: {said}</source>
        <translation>デスクトップに断られました: {said}</translation>
    </message>
    <message>
        <source>The desktop sends no picture.</source>
        <translation>デスクトップが画面を送ってきません。</translation>
    </message>
    <message>
        <source>The desktop&apos;s window was closed without a choice.</source>
        <translation>デスクトップのウィンドウが、何も選ばれずに閉じられました。</translation>
    </message>
    <message>
        <source>The download is too slow: less than 10 kB per second for five minutes.</source>
        <translation>ダウンロードが遅すぎます。5分のあいだ、毎秒10kBに届きませんでした。</translation>
    </message>
    <message>
        <source>The episode ended.</source>
        <translation>エピソードが終わりました。</translation>
    </message>
    <message>
        <source>The episode ends with move {number}: {move}.</source>
        <translation>エピソードは{number}手目（{move}）で終わります。</translation>
    </message>
    <message>
        <source>The episode ran out of steps.</source>
        <translation>手数が尽きました。</translation>
    </message>
    <message>
        <source>The episode {name} is damaged.</source>
        <translation>エピソード {name} は壊れています。</translation>
    </message>
    <message>
        <source>The experiences</source>
        <translation>経験</translation>
    </message>
    <message>
        <source>The experiences could not be kept: {strerror}.</source>
        <translation>経験を保存できませんでした：{strerror}。</translation>
    </message>
    <message>
        <source>The experiences take {value} MB of {limit_mb} MB.</source>
        <translation>経験が {limit_mb} MB のうち {value} MB を使っています。</translation>
    </message>
    <message>
        <source>The feedback</source>
        <translation>評価</translation>
    </message>
    <message>
        <source>The file {name} holds a model of another make ({make}), and no Llama.</source>
        <translation>ファイル {name} に入っているのは別の種類のモデル（{make}）で、Llama ではありません。</translation>
    </message>
    <message>
        <source>The file {name} is damaged, or is no GGUF.</source>
        <translation>ファイル {name} は壊れているか、GGUF ではありません。</translation>
    </message>
    <message>
        <source>The first room of Montezuma&apos;s Revenge, in its practice window, on any computer.</source>
        <translation>練習ウィンドウの「モンテズマの復讐」の最初の部屋用。どのコンピューターでも動きます。</translation>
    </message>
    <message>
        <source>The folder {folder} holds no speech model (model.bin, tokenizer.json).</source>
        <translation>フォルダー {folder} に音声認識モデル（model.bin、tokenizer.json）がありません。</translation>
    </message>
    <message>
        <source>The game</source>
        <translation>ゲーム</translation>
    </message>
    <message>
        <source>The game whose guides provide the passages; the first one by default.</source>
        <translation>資料に使うガイドのゲーム。既定は最初のゲームです。</translation>
    </message>
    <message>
        <source>The game {id} cannot be copied, so nobody can try another move.</source>
        <translation>ゲーム {id} は複製できないため、別の手を試せません。</translation>
    </message>
    <message>
        <source>The game {id} has no tasks for a curriculum.</source>
        <translation>ゲーム {id} には、カリキュラムにできる課題がありません。</translation>
    </message>
    <message>
        <source>The game&apos;s window is gone.</source>
        <translation>ゲームのウィンドウがなくなりました。</translation>
    </message>
    <message>
        <source>The game, if the recording does not say it.</source>
        <translation>記録に書かれていない場合のゲーム。</translation>
    </message>
    <message>
        <source>The game; by default, the folder&apos;s name.</source>
        <translation>ゲーム。指定がなければフォルダーの名前。</translation>
    </message>
    <message>
        <source>The governor can be measured only on X11.</source>
        <translation>ゲーム優先を測れるのは X11 だけです。</translation>
    </message>
    <message>
        <source>The guides do not answer this.</source>
        <translation>攻略ガイドには、この答えが載っていません。</translation>
    </message>
    <message>
        <source>The last session of the recording, not all of it.</source>
        <translation>記録全体ではなく、最後のセッションだけ。</translation>
    </message>
    <message>
        <source>The last session of {name}.</source>
        <translation>{name}の最後のセッション。</translation>
    </message>
    <message>
        <source>The list of fair play rules {file} is damaged.</source>
        <translation>フェアプレイの規則の一覧 {file} が壊れています。</translation>
    </message>
    <message>
        <source>The microphone cannot be opened.</source>
        <translation>マイクを開けません。</translation>
    </message>
    <message>
        <source>The microphone heard nothing at all. Is it switched on, and allowed in the system&apos;s settings?</source>
        <translation>マイクからまったく音が届きませんでした。マイクはオンですか。システムの設定で許可されていますか。</translation>
    </message>
    <message>
        <source>The model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>The model does not tell how likely its moves are to it.</source>
        <translation>このモデルは、自分の手の確率を示しません。</translation>
    </message>
    <message>
        <source>The model in {folder} cannot be read.</source>
        <translation>{folder} のモデルを読み込めません。</translation>
    </message>
    <message>
        <source>The model in {name} cannot be read: the file is damaged.</source>
        <translation>{name} のモデルを読み込めません。ファイルが壊れています。</translation>
    </message>
    <message>
        <source>The model was not loaded: no progress for {loading_stalled_after_s} s.</source>
        <translation>モデルを読み込めませんでした。{loading_stalled_after_s}秒間、読み込みが進みませんでした。</translation>
    </message>
    <message>
        <source>The model {name} did nothing but think, and gave no answer.</source>
        <translation>モデル {name} は考えるだけで、回答を出しませんでした。</translation>
    </message>
    <message>
        <source>The moves that were made, separated by commas, or how many of the teacher&apos;s; the last one is in question.</source>
        <translation>それまでの手（コンマ区切り）、またはお手本の手の数。最後の手を別の手と比べます。</translation>
    </message>
    <message>
        <source>The network log</source>
        <translation>通信の記録</translation>
    </message>
    <message>
        <source>The other move is missing, or named twice.</source>
        <translation>別の手が指定されていないか、二重に指定されています。</translation>
    </message>
    <message>
        <source>The other move, if there is no question.</source>
        <translation>質問の代わりに指定する別の手。</translation>
    </message>
    <message>
        <source>The owner of {hub_id} requires its licence to be accepted first.</source>
        <translation>{hub_id} はライセンスに同意した人だけに提供されています。</translation>
    </message>
    <message>
        <source>The package index cannot be reached.</source>
        <translation>パッケージインデックスに接続できません。</translation>
    </message>
    <message>
        <source>The package index does not give out {name} ({status_code}).</source>
        <translation>パッケージインデックスから {name} を取得できません（{status_code}）。</translation>
    </message>
    <message>
        <source>The package index has no {name}.</source>
        <translation>パッケージインデックスに {name} がありません。</translation>
    </message>
    <message>
        <source>The package {name} is damaged or does not hold {member}.</source>
        <translation>パッケージ {name} は壊れているか、{member} を含んでいません。</translation>
    </message>
    <message>
        <source>The page</source>
        <translation>ページ</translation>
    </message>
    <message>
        <source>The part of the coach that hears is not installed.</source>
        <translation>コーチの聞き取り機能がインストールされていません。</translation>
    </message>
    <message>
        <source>The picture</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>The picture is black: by itself the coach reads only windows of X11 programs on Wayland. Choose “Window or screen (Wayland)” as what to watch.</source>
        <translation>画面が真っ黒です。Wayland でコーチが自分で読めるのは X11 のウィンドウだけです。見る対象に「ウィンドウか画面（Wayland）」を選んでください。</translation>
    </message>
    <message>
        <source>The picture {name} is missing or damaged.</source>
        <translation>画像 {name} がないか、壊れています。</translation>
    </message>
    <message>
        <source>The picture {picture} is missing or damaged.</source>
        <translation>画像 {picture} がないか、壊れています。</translation>
    </message>
    <message>
        <source>The pictures of {path} have {value} by {value2} pixels.</source>
        <translation>{path} の画像は {value}×{value2} ピクセルです。</translation>
    </message>
    <message>
        <source>The questions</source>
        <translation>問題</translation>
    </message>
    <message>
        <source>The recording could not be read: {value}.</source>
        <translation>記録を読み込めませんでした：{value}。</translation>
    </message>
    <message>
        <source>The recording is not of {id}, or of another size.</source>
        <translation>この記録は {id} のものではないか、大きさが違います。</translation>
    </message>
    <message>
        <source>The recording {name}.</source>
        <translation>記録{name}。</translation>
    </message>
    <message>
        <source>The recording {path} cannot be read: {strerror}.</source>
        <translation>記録 {path} を読み込めません: {strerror}。</translation>
    </message>
    <message>
        <source>The report of the questions and answers</source>
        <translation>質問と回答のレポート</translation>
    </message>
    <message>
        <source>The score card</source>
        <translation>スコアカード</translation>
    </message>
    <message>
        <source>The second opinion would say too much here.</source>
        <translation>ここでセカンドオピニオンを見せると、教えすぎになります。</translation>
    </message>
    <message>
        <source>The seed {value} was learned from, so it cannot decide whether a model is better.</source>
        <translation>シード {value} は学習に使われたので、モデルがよくなったかどうかは決められません。</translation>
    </message>
    <message>
        <source>The seeds {start} to {value} are kept for checks; nothing may learn from them.</source>
        <translation>シード {start}～{value} は検査用のため、学習には使えません。</translation>
    </message>
    <message>
        <source>The server {host} did not respond for {seconds} s.</source>
        <translation>サーバー {host} から{seconds}秒間応答がありません。</translation>
    </message>
    <message>
        <source>The server {host} does not list its models.</source>
        <translation>サーバー {host} がモデルの一覧を返しません。</translation>
    </message>
    <message>
        <source>The server {host} failed: {message}.</source>
        <translation>サーバー {host} でエラーが起きました：{message}。</translation>
    </message>
    <message>
        <source>The server {host} gave an answer that cannot be understood.</source>
        <translation>サーバー {host} の回答を理解できませんでした。</translation>
    </message>
    <message>
        <source>The server {host} has no model {model}{detail}.</source>
        <translation>サーバー {host} にモデル {model} がありません{detail}。</translation>
    </message>
    <message>
        <source>The server {host} has received too many questions.</source>
        <translation>サーバー {host} への質問が多すぎます。</translation>
    </message>
    <message>
        <source>The server {host} refuses the question{detail}.</source>
        <translation>サーバー {host} が質問を拒否しました{detail}。</translation>
    </message>
    <message>
        <source>The server {host} was not asked, as the coach is set to stay offline.</source>
        <translation>オフライン設定のため、サーバー {host} には尋ねません。</translation>
    </message>
    <message>
        <source>The speech model in {folder} cannot be loaded.</source>
        <translation>{folder} の音声認識モデルを読み込めません。</translation>
    </message>
    <message>
        <source>The teacher at {value} was not asked, as the coach is set to stay offline.</source>
        <translation>オフライン設定のため、教師 {value} には尋ねません。</translation>
    </message>
    <message>
        <source>The teacher&apos;s replies could not be kept: {strerror}.</source>
        <translation>教師の返答を保存できませんでした：{strerror}。</translation>
    </message>
    <message>
        <source>The teacher&apos;s server, for instance http://127.0.0.1:8000/v1.</source>
        <translation>教師のサーバー。例：http://127.0.0.1:8000/v1。</translation>
    </message>
    <message>
        <source>The text adapter; the game&apos;s by default.</source>
        <translation>テキストアダプター。既定はゲームのものです。</translation>
    </message>
    <message>
        <source>The trace could not be written: {strerror}.</source>
        <translation>トレースを書き込めませんでした：{strerror}。</translation>
    </message>
    <message>
        <source>The training could not be logged: {strerror}.</source>
        <translation>学習の記録を書き込めませんでした：{strerror}。</translation>
    </message>
    <message>
        <source>The training could not be saved: {error}</source>
        <translation>学習結果を保存できませんでした：{error}</translation>
    </message>
    <message>
        <source>The training in {out} is of another game, model or kind of features.</source>
        <translation>{out} の学習は別のゲーム・モデル・特徴量のものです。</translation>
    </message>
    <message>
        <source>The translator does not know these words.</source>
        <translation>翻訳モデルの知らない言葉です。</translation>
    </message>
    <message>
        <source>The translator is not sure of this sentence.</source>
        <translation>翻訳モデルはこの文に自信がありません。</translation>
    </message>
    <message>
        <source>The video {path} cannot be read: {strerror}.</source>
        <translation>動画 {path} を読み込めません：{strerror}。</translation>
    </message>
    <message>
        <source>The video {path} does not exist.</source>
        <translation>動画 {path} がありません。</translation>
    </message>
    <message>
        <source>The virtual screen (Xvfb) did not start.</source>
        <translation>仮想画面（Xvfb）が起動しませんでした。</translation>
    </message>
    <message>
        <source>The vision or text model that is to learn.</source>
        <translation>学習させる画像モデルまたはテキストモデル。</translation>
    </message>
    <message>
        <source>The vision or text model that learns.</source>
        <translation>学ぶ画像モデルまたはテキストモデル。</translation>
    </message>
    <message>
        <source>The weights in {folder} are a pickle file, which could run any program when it is opened.</source>
        <translation>{folder} の重みは、開くと任意のプログラムを実行しうる pickle ファイルです。</translation>
    </message>
    <message>
        <source>The weights in {folder} are damaged.</source>
        <translation>{folder} の重みが壊れています。</translation>
    </message>
    <message>
        <source>The width has to be a multiple of twice the heads.</source>
        <translation>幅はヘッド数の2倍の倍数にしてください。</translation>
    </message>
    <message>
        <source>The {part} in {folder} could not be loaded: it is damaged or of a kind that the coach does not know.</source>
        <translation>{folder} の{part}を読み込めません。壊れているか、コーチの知らない種類です。</translation>
    </message>
    <message>
        <source>There are no guides for “{game}”.{why}</source>
        <translation>「{game}」のガイドがありません。{why}</translation>
    </message>
    <message>
        <source>There are no levels of {value} x {value2} squares.</source>
        <translation>{value}×{value2} マスの面はありません。</translation>
    </message>
    <message>
        <source>There are no pictures in {path}.</source>
        <translation>{path} には映像がありません。</translation>
    </message>
    <message>
        <source>There are no questions and answers about “{game}”.</source>
        <translation>「{game}」についての質問と答えがありません。</translation>
    </message>
    <message>
        <source>There are no questions in {file} that this model can be asked.</source>
        <translation>{file} には、このモデルに出せる問題がありません。</translation>
    </message>
    <message>
        <source>There are no questions in {folder}.</source>
        <translation>{folder} に問題がありません。</translation>
    </message>
    <message>
        <source>There is a model called {name} already.</source>
        <translation>{name} というモデルはすでにあります。</translation>
    </message>
    <message>
        <source>There is no PNG file in {folder}.</source>
        <translation>{folder} に PNG ファイルがありません。</translation>
    </message>
    <message>
        <source>There is no Q-network {name_or_folder}.</source>
        <translation>Qネットワーク {name_or_folder} がありません。</translation>
    </message>
    <message>
        <source>There is no action “{action}”.</source>
        <translation>「{action}」という操作はありません。</translation>
    </message>
    <message>
        <source>There is no advice to rate yet.</source>
        <translation>評価できる助言は、まだありません。</translation>
    </message>
    <message>
        <source>There is no agent &quot;{name}&quot;.</source>
        <translation>「{name}」というエージェントはありません。</translation>
    </message>
    <message>
        <source>There is no game &quot;{name}&quot;.</source>
        <translation>「{name}」というゲームはありません。</translation>
    </message>
    <message>
        <source>There is no kind “{value}” of questions.</source>
        <translation>質問の種類「{value}」はありません。</translation>
    </message>
    <message>
        <source>There is no kind “{value}” of stored data.</source>
        <translation>「{value}」という種類の保存データはありません。</translation>
    </message>
    <message>
        <source>There is no level “{name}”.</source>
        <translation>「{name}」という段階はありません。</translation>
    </message>
    <message>
        <source>There is no loss “{loss}”.</source>
        <translation>損失「{loss}」はありません。</translation>
    </message>
    <message>
        <source>There is no memory {memory_id}.</source>
        <translation>番号 {memory_id} の記憶はありません。</translation>
    </message>
    <message>
        <source>There is no method “{method}”.</source>
        <translation>方法「{method}」はありません。</translation>
    </message>
    <message>
        <source>There is no model folder {folder}.</source>
        <translation>モデルのフォルダー {folder} がありません。</translation>
    </message>
    <message>
        <source>There is no model in {folder}.</source>
        <translation>{folder} にモデルがありません。</translation>
    </message>
    <message>
        <source>There is no model or model folder called {name_or_folder}.</source>
        <translation>{name_or_folder} というモデルもフォルダーもありません。</translation>
    </message>
    <message>
        <source>There is no move “{value}” in this game.</source>
        <translation>このゲームに「{value}」という手はありません。</translation>
    </message>
    <message>
        <source>There is no nudge or hint to say more about.</source>
        <translation>続きを聞ける着目点やヒントがありません。</translation>
    </message>
    <message>
        <source>There is no picture to answer about.</source>
        <translation>質問の対象になる画面がありません。</translation>
    </message>
    <message>
        <source>There is no rating {number}.</source>
        <translation>番号 {number} の評価はありません。</translation>
    </message>
    <message>
        <source>There is no recipe {name}.</source>
        <translation>{name} というレシピはありません。</translation>
    </message>
    <message>
        <source>There is no screen to open a window on.</source>
        <translation>ウィンドウを開く画面がありません。</translation>
    </message>
    <message>
        <source>There is no screen.</source>
        <translation>画面がありません。</translation>
    </message>
    <message>
        <source>There is no situation to review.</source>
        <translation>振り返る場面がありません。</translation>
    </message>
    <message>
        <source>There is no speech model.</source>
        <translation>音声認識モデルがありません。</translation>
    </message>
    <message>
        <source>There is no text adapter {name_or_folder}.</source>
        <translation>テキストアダプター {name_or_folder} がありません。</translation>
    </message>
    <message>
        <source>There is no way “{how}” to collect experiences.</source>
        <translation>「{how}」という集め方はありません。</translation>
    </message>
    <message>
        <source>There is nothing to watch: the history keeps advice, not the moves that were made.</source>
        <translation>見て学べる記録がありません。履歴に残るのは助言で、実際の手ではありません。</translation>
    </message>
    <message>
        <source>Think about where you want to get to, and what is in the way.</source>
        <translation>どこへたどり着きたいか、何がじゃまをしているかを考えてみましょう。</translation>
    </message>
    <message>
        <source>This computer has no English voice.</source>
        <translation>このコンピューターには英語の音声がありません。</translation>
    </message>
    <message>
        <source>This computer has no Japanese voice.</source>
        <translation>このコンピューターには日本語の音声がありません。</translation>
    </message>
    <message>
        <source>This computer has no keyring that the coach can use.</source>
        <translation>このコンピューターにはコーチの使えるキーリングがありません。</translation>
    </message>
    <message>
        <source>This computer has no microphone that the coach can use.</source>
        <translation>このコンピューターには、コーチが使えるマイクがありません。</translation>
    </message>
    <message>
        <source>This computer has no voice that the coach can use.</source>
        <translation>このコンピューターには、コーチが使える音声がありません。</translation>
    </message>
    <message>
        <source>This desktop has no portal for {interface}.</source>
        <translation>このデスクトップには {interface} のポータルがありません。</translation>
    </message>
    <message>
        <source>This desktop has no portal for {value}.</source>
        <translation>このデスクトップには {value} のポータルがありません。</translation>
    </message>
    <message>
        <source>This is a guess of {model}: the game was not asked.</source>
        <translation>これは {model} の推測で、ゲームで確かめたものではありません。</translation>
    </message>
    <message>
        <source>This is the whole answer already.</source>
        <translation>これで答えはすべてです。</translation>
    </message>
    <message>
        <source>This machine has no screen, and a virtual one needs programs that are not installed.</source>
        <translation>画面がなく、仮想画面に必要なプログラムも入っていません。</translation>
    </message>
    <message>
        <source>This screen does not tell when a window draws.</source>
        <translation>この画面では、ウィンドウがいつ描かれたか分かりません。</translation>
    </message>
    <message>
        <source>This session has no D-Bus, through which Wayland desktops are asked.</source>
        <translation>このセッションには、Wayland のデスクトップと話すための D-Bus がありません。</translation>
    </message>
    <message>
        <source>This speech model understands English only.</source>
        <translation>この音声認識モデルがわかるのは英語だけです。</translation>
    </message>
    <message>
        <source>This takes up to {steps} steps, {minutes} and {value} MB.</source>
        <translation>最大で{steps}手、{minutes}、{value} MB かかります。</translation>
    </message>
    <message>
        <source>Threads of the game, which work at once.</source>
        <translation>同時に働く、ゲームのスレッドの数。</translation>
    </message>
    <message>
        <source>Threads that take it, at once.</source>
        <translation>それを同時に使うスレッドの数。</translation>
    </message>
    <message>
        <source>Through a live capture of the game&apos;s window, at 1x to 4x.</source>
        <translation>ゲームのウィンドウを1～4倍でキャプチャーして測ります。</translation>
    </message>
    <message>
        <source>Time limit for an answer, in seconds.</source>
        <translation>回答の制限時間（秒）。</translation>
    </message>
    <message>
        <source>Time limit of the passes, in minutes.</source>
        <translation>学習の制限時間（分）。</translation>
    </message>
    <message>
        <source>Times: {count}, together {cost}.</source>
        <translation>{count}回、合計{cost}。</translation>
    </message>
    <message>
        <source>Train a Q-network (DQN_LM) on a game: minutes on a CPU for the practice games. The folder gets the best and the last network, their figures and a learning curve; and what TensorBoard shows: tensorboard --logdir FOLDER.</source>
        <translation>ゲームでQネットワーク（DQN_LM）を学習します。練習ゲームなら CPU で数分です。フォルダーには最良と最後のネットワーク、成績、学習曲線が入ります。TensorBoard でも見られます：tensorboard --logdir フォルダー。</translation>
    </message>
    <message>
        <source>Train a text adapter (LoRA) that plays by reading; it stops when it plays no better.</source>
        <translation>文章を読んでプレイするテキストアダプター（LoRA）を学習します。プレイがそれ以上よくならなくなると止まります。</translation>
    </message>
    <message>
        <source>Train for fewer epochs, or use the default preset.</source>
        <translation>エポックを減らすか、default プリセットを使ってください。</translation>
    </message>
    <message>
        <source>Train it anew, on SmolLM2, with: coach train tips</source>
        <translation>SmolLM2 の上で学習し直してください：coach train tips</translation>
    </message>
    <message>
        <source>Train it first.</source>
        <translation>先に学習させてください。</translation>
    </message>
    <message>
        <source>Train one with: coach train dqn.</source>
        <translation>次で学習できます：coach train dqn</translation>
    </message>
    <message>
        <source>Train the models that come with the coach.</source>
        <translation>コーチに付属するモデルを学習します。</translation>
    </message>
    <message>
        <source>Train the network that reads from two pictures of a practice game what was done: minutes on a CPU.</source>
        <translation>練習ゲームの二枚の画像から、何をしたかを読み取るネットワークを学習します（CPU で数分）。</translation>
    </message>
    <message>
        <source>Train the offline translator of the bundled coach&apos;s answers: minutes on a CPU.</source>
        <translation>付属のコーチの回答をオフラインで翻訳するモデルを学習します。CPU で数分です。</translation>
    </message>
    <message>
        <source>Train with a smaller learning rate (--rate).</source>
        <translation>学習率（--rate）を小さくしてください。</translation>
    </message>
    <message>
        <source>Train with a smaller learning rate.</source>
        <translation>学習率を小さくしてください。</translation>
    </message>
    <message>
        <source>Train with each kind of inputs, and print a table.</source>
        <translation>入力の種類ごとに学習し、表にします。</translation>
    </message>
    <message>
        <source>Trends</source>
        <translation>傾向</translation>
    </message>
    <message>
        <source>Tried out just now: other programs do not see the overlay.</source>
        <translation>今試したところ、ほかのプログラムからオーバーレイは見えません。</translation>
    </message>
    <message>
        <source>Tried out just now: other programs see the overlay. This system does not hide windows.</source>
        <translation>今試したところ、ほかのプログラムからオーバーレイが見えます。このシステムはウィンドウを隠しません。</translation>
    </message>
    <message>
        <source>Try &apos;{path} --help&apos; for help.</source>
        <translation>説明を見るには「{path} --help」を実行してください。</translation>
    </message>
    <message>
        <source>Try again later, or on a faster connection; what has been downloaded is kept, and only the rest is requested.</source>
        <translation>後で、またはもっと速い回線で、もう一度お試しください。ダウンロード済みの分は残り、続きだけを取得します。</translation>
    </message>
    <message>
        <source>Try again later; if PIP_INDEX_URL is set, check that it has this package.</source>
        <translation>あとでもう一度試してください。PIP_INDEX_URL を設定している場合は、そこにこのパッケージがあるか確かめてください。</translation>
    </message>
    <message>
        <source>Try again later; if PIP_INDEX_URL is set, unset it.</source>
        <translation>あとでもう一度試してください。PIP_INDEX_URL を設定している場合は、解除してください。</translation>
    </message>
    <message>
        <source>Try again when the machine is idle.</source>
        <translation>ほかの処理がないときにもう一度試してください。</translation>
    </message>
    <message>
        <source>Try again, or choose another model in the settings. The log says more.</source>
        <translation>もう一度試すか、設定で別のモデルを選んでください。詳しくはログをご覧ください。</translation>
    </message>
    <message>
        <source>Try again; if it happens again, choose another model. The log says more.</source>
        <translation>もう一度試し、それでも起きるなら別のモデルを選んでください。詳しくはログをご覧ください。</translation>
    </message>
    <message>
        <source>Try another teacher, or longer guides.</source>
        <translation>別の教師か、もっと長いガイドを試してください。</translation>
    </message>
    <message>
        <source>Unlock or install one (on Linux gnome-keyring or KWallet), or put the key into the variable {VARIABLE}.</source>
        <translation>キーリングのロックを解除するか入れるか（Linux なら gnome-keyring か KWallet）、キーを環境変数 {VARIABLE} に入れてください。</translation>
    </message>
    <message>
        <source>Unlock the screen, and try again.</source>
        <translation>画面のロックを解除して、もう一度試してください。</translation>
    </message>
    <message>
        <source>Unset HF_HUB_OFFLINE.</source>
        <translation>HF_HUB_OFFLINE を未設定にしてください。</translation>
    </message>
    <message>
        <source>Usage:</source>
        <translation>使い方：</translation>
    </message>
    <message>
        <source>Use MP4, MKV, WebM or AVI.</source>
        <translation>MP4、MKV、WebM、AVI のいずれかを使ってください。</translation>
    </message>
    <message>
        <source>Use PNG, JPEG, GIF or WebP.</source>
        <translation>PNG・JPEG・GIF・WebP を使ってください。</translation>
    </message>
    <message>
        <source>Use another file.</source>
        <translation>ほかのファイルを使ってください。</translation>
    </message>
    <message>
        <source>Use it for the game, or not.</source>
        <translation>このゲームで使うか、使わないか。</translation>
    </message>
    <message>
        <source>Use one with at least {MIN_SIDE_PX} by {MIN_SIDE_PX2} pixels.</source>
        <translation>{MIN_SIDE_PX}×{MIN_SIDE_PX2} ピクセル以上の画像を使ってください。</translation>
    </message>
    <message>
        <source>Wait for it, or cancel it there.</source>
        <translation>終わるのを待つか、そちらで取り消してください。</translation>
    </message>
    <message>
        <source>Wait for some.</source>
        <translation>助言が出るまでお待ちください。</translation>
    </message>
    <message>
        <source>Watch the window of this game, whatever the settings say.</source>
        <translation>設定に関係なく、このゲームのウィンドウを見ます。</translation>
    </message>
    <message>
        <source>Weight of what keeps it from forgetting; 1 by default.</source>
        <translation>忘れるのを防ぐ項の重み。既定は 1。</translation>
    </message>
    <message>
        <source>What a move cost is the network&apos;s estimate.</source>
        <translation>手の損失は、ネットワークによる推定です。</translation>
    </message>
    <message>
        <source>What is watched: what coach practice GAME --state-log FILE wrote, a GIF, a video, or a folder of PNG files; by default, what the app recorded of this practice game.</source>
        <translation>見るもの: coach practice GAME --state-log FILE が書いたファイル、GIF、動画、または PNG ファイルのフォルダー。省略すると、アプリがこの練習ゲームについて記録したもの。</translation>
    </message>
    <message>
        <source>What the coach sent over the network, and what it keeps on this computer and where.</source>
        <translation>コーチが通信で送ったものと、このコンピューターのどこに何を保存しているかを示します。</translation>
    </message>
    <message>
        <source>What the network sees: both, picture or features.</source>
        <translation>ネットワークに見せるもの：both、picture、features。</translation>
    </message>
    <message>
        <source>What was done is kept here, and not done again.</source>
        <translation>済んだものはここに残り、二度は行いません。</translation>
    </message>
    <message>
        <source>What was learned</source>
        <translation>学んだこと</translation>
    </message>
    <message>
        <source>When the coach may go online, get it with: coach models get {name}</source>
        <translation>コーチがオンラインになれるときに、次のコマンドで取得してください：coach models get {name}</translation>
    </message>
    <message>
        <source>Where downloaded models are kept.</source>
        <translation>ダウンロードしたモデルの保存先。</translation>
    </message>
    <message>
        <source>Where the experiences are; by default, a folder of the coach&apos;s own.</source>
        <translation>経験のフォルダー。省略するとコーチ専用のフォルダー。</translation>
    </message>
    <message>
        <source>Where to save both pictures, side by side.</source>
        <translation>両方を並べた画像の保存先。</translation>
    </message>
    <message>
        <source>Whether other programs see the overlay cannot be tried out here.</source>
        <translation>ほかのプログラムからオーバーレイが見えるかどうかは、ここでは試せません。</translation>
    </message>
    <message>
        <source>Which features: logits or hidden.</source>
        <translation>特徴量の種類：logits か hidden。</translation>
    </message>
    <message>
        <source>Why, in one line.</source>
        <translation>理由を一行で。</translation>
    </message>
    <message>
        <source>Without XWayland the overlay cannot stay above the game. Install XWayland, and start the coach again.</source>
        <translation>XWayland がないと、オーバーレイをゲームの手前に表示し続けられません。XWayland をインストールし、コーチを起動し直してください。</translation>
    </message>
    <message>
        <source>Write columns x rows, for instance 6x5.</source>
        <translation>列×行を 6x5 のように書いてください。</translation>
    </message>
    <message>
        <source>Write it as OWNER/NAME.</source>
        <translation>「所有者/名前」の形で書いてください。</translation>
    </message>
    <message>
        <source>Write it like Ctrl+Alt+Space or F9, with one key at the end.</source>
        <translation>Ctrl+Alt+Space や F9 のように、最後にキーを1つ書いてください。</translation>
    </message>
    <message>
        <source>Write it like ewc=100.</source>
        <translation>ewc=100のように書いてください。</translation>
    </message>
    <message>
        <source>Write something into it, or remove it.</source>
        <translation>何か書くか、取り除いてください。</translation>
    </message>
    <message>
        <source>You can change this under “When it speaks” in the coach&apos;s menu.</source>
        <translation>コーチのメニューの「いつ話すか」で変えられます。</translation>
    </message>
    <message>
        <source>Your desktop gave the coach no keys.</source>
        <translation>デスクトップがコーチにキーを割り当てませんでした。</translation>
    </message>
    <message>
        <source>Your game profiles could not be read ({strerror}). Check {value}.</source>
        <translation>ゲームプロファイルを読めませんでした（{strerror}）。{value} を確認してください。</translation>
    </message>
    <message>
        <source>Your list of models</source>
        <translation>モデルの一覧</translation>
    </message>
    <message>
        <source>Your list of models {file} cannot be read.</source>
        <translation>モデルの一覧 {file} を読めません。</translation>
    </message>
    <message>
        <source>Your own words; empty restores those of the memory.</source>
        <translation>自分の言葉。空にすると、もとの内容に戻ります。</translation>
    </message>
    <message>
        <source>answers to different questions</source>
        <translation>異なる質問への答え</translation>
    </message>
    <message>
        <source>any known game</source>
        <translation>既知のゲーム</translation>
    </message>
    <message>
        <source>coach, teacher or random.</source>
        <translation>coach、teacher、random のどれか。</translation>
    </message>
    <message>
        <source>default, or original: the mistakes that made the first of its kind collapse.</source>
        <translation>default、または original（この種の最初のものが崩壊した原因となった誤りをそのまま再現します）。</translation>
    </message>
    <message>
        <source>default: {value}</source>
        <translation>既定：{value}</translation>
    </message>
    <message>
        <source>does not accept the key</source>
        <translation>キーを受け付けません</translation>
    </message>
    <message>
        <source>down</source>
        <translation>下</translation>
    </message>
    <message>
        <source>left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>loss {value}</source>
        <translation>損失 {value}</translation>
    </message>
    <message>
        <source>macOS&apos;s library {name} is missing.</source>
        <translation>macOS のライブラリー {name} がありません。</translation>
    </message>
    <message>
        <source>model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>moves ({commonest_move})</source>
        <translation>行動（{commonest_move}）</translation>
    </message>
    <message>
        <source>plan: search in copies of the game; curriculum: one task after the other; explore: what is new; watch: a recording of yours.</source>
        <translation>plan：ゲームの複製で探索、curriculum：課題を順に、explore：新しいものを探す、watch：自分のプレイの記録。</translation>
    </message>
    <message>
        <source>processor</source>
        <translation>プロセッサー</translation>
    </message>
    <message>
        <source>required</source>
        <translation>必須</translation>
    </message>
    <message>
        <source>right</source>
        <translation>右</translation>
    </message>
    <message>
        <source>the details are in {log}</source>
        <translation>詳しくは {log} をご覧ください</translation>
    </message>
    <message>
        <source>the log folder {value} cannot be written</source>
        <translation>ログのフォルダー {value} に書き込めません</translation>
    </message>
    <message>
        <source>tokenizer</source>
        <translation>トークナイザー</translation>
    </message>
    <message>
        <source>up</source>
        <translation>上</translation>
    </message>
    <message>
        <source>wants a key</source>
        <translation>キーを求めています</translation>
    </message>
    <message>
        <source>watched loss {value}</source>
        <translation>検証用の損失 {value}</translation>
    </message>
    <message>
        <source>{buttons} is given to two actions.</source>
        <translation>{buttons} が二つの操作に割り当てられています。</translation>
    </message>
    <message>
        <source>{count} old entries left the history at once. All of it is kept as {kept}.</source>
        <translation>古い {count} 件が一度に履歴から外れました。すべてを {kept} として残しました。</translation>
    </message>
    <message>
        <source>{count} positions cannot be scored.</source>
        <translation>{count} 場面では採点できません。</translation>
    </message>
    <message>
        <source>{episodes} episodes cannot be played.</source>
        <translation>{episodes} エピソードは遊べません。</translation>
    </message>
    <message>
        <source>{error} Until then, the guides are quoted.</source>
        <translation>{error} それまでは、攻略ガイドをそのまま示します。</translation>
    </message>
    <message>
        <source>{error}.</source>
        <translation>{error}。</translation>
    </message>
    <message>
        <source>{game} cannot be played by reading.</source>
        <translation>{game} は文章を読んでプレイすることができません。</translation>
    </message>
    <message>
        <source>{goal} Close the game&apos;s window to end.</source>
        <translation>{goal}ゲームのウィンドウを閉じると終わります。</translation>
    </message>
    <message>
        <source>{holds} {left_out} later frames were left out to keep it small.</source>
        <translation>{holds}ファイルを小さく保つため、後の{left_out}フレームは省きました。</translation>
    </message>
    <message>
        <source>{hub_id} has no revision {revision}.</source>
        <translation>{hub_id} にリビジョン {revision} がありません。</translation>
    </message>
    <message>
        <source>{message} It is left out.</source>
        <translation>{message}これは使わずに続けます。</translation>
    </message>
    <message>
        <source>{message} {in_a_row} requests in a row failed, {value} replies are kept.</source>
        <translation>{message}{in_a_row}回続けて失敗しました。{value}件の返答は残っています。</translation>
    </message>
    <message>
        <source>{more} more settings are not usable.</source>
        <translation>ほかに {more} 件の設定が使えません。</translation>
    </message>
    <message>
        <source>{name} has to be 1 or more.</source>
        <translation>{name} は1以上にしてください。</translation>
    </message>
    <message>
        <source>{name} has to be between 0 and 1.</source>
        <translation>{name} は0から1の間にしてください。</translation>
    </message>
    <message>
        <source>{name}: {error}.</source>
        <translation>{name}：{error}。</translation>
    </message>
    <message>
        <source>{path} could not be read: {strerror}. It is left out.</source>
        <translation>{path} は読めないため使いません：{strerror}。</translation>
    </message>
    <message>
        <source>{path} does not say which moves were made, so nothing can be learned from it.</source>
        <translation>{path} にはどの手が指されたかがなく、学習に使えません。</translation>
    </message>
    <message>
        <source>{path} holds {value} frames of {value2} episode(s).</source>
        <translation>{path} に{value2}エピソード、{value}フレームを保存しました。</translation>
    </message>
    <message>
        <source>{path} is a folder, not a picture.</source>
        <translation>{path} は画像ではなくフォルダーです。</translation>
    </message>
    <message>
        <source>{path} is no video that can be read, or is broken.</source>
        <translation>{path} は読み込める動画ではないか、壊れています。</translation>
    </message>
    <message>
        <source>{path} is not TOML. It is left out.</source>
        <translation>{path} は TOML ではないため使いません。</translation>
    </message>
    <message>
        <source>{path} is not a picture that can be read.</source>
        <translation>{path} は読める画像ではありません。</translation>
    </message>
    <message>
        <source>{path} is not usable ({place}: {value}). It is left out.</source>
        <translation>{path} は正しくないため使いません（{place}：{value}）。</translation>
    </message>
    <message>
        <source>{remedy} Then start again.</source>
        <translation>{remedy}その後、もう一度始めてください。</translation>
    </message>
    <message>
        <source>{server} does not accept the key.</source>
        <translation>{server} がキーを受け付けません。</translation>
    </message>
    <message>
        <source>{server} has no model “{model}”.</source>
        <translation>{server} にモデル「{model}」がありません。</translation>
    </message>
    <message>
        <source>{server} refuses the request (status {status_code}).</source>
        <translation>{server} がリクエストを拒否しました（状態 {status_code}）。</translation>
    </message>
    <message>
        <source>{spelled} is given to two actions.</source>
        <translation>{spelled} が2つの操作に割り当てられています。</translation>
    </message>
    <message>
        <source>{title} cannot be made smaller.</source>
        <translation>{title} は小さくできません。</translation>
    </message>
    <message>
        <source>{title} comes with the coach and cannot be removed.</source>
        <translation>{title} は付属のモデルなので削除できません。</translation>
    </message>
    <message>
        <source>{title} could not be saved in {value}: {strerror}.</source>
        <translation>{title} を {value} に保存できませんでした：{strerror}。</translation>
    </message>
    <message>
        <source>{title} could not be unpacked; see the log file for details.</source>
        <translation>{title} を展開できませんでした。詳しくはログファイルをご覧ください。</translation>
    </message>
    <message>
        <source>{title} does not fit into this computer.</source>
        <translation>{title} はこのコンピューターに収まりません。</translation>
    </message>
    <message>
        <source>{title} does not translate.</source>
        <translation>{title} は翻訳用のモデルではありません。</translation>
    </message>
    <message>
        <source>{title} has no weights as safetensors, only in forms that could run any program.</source>
        <translation>{title} の重みは safetensors ではなく、任意のプログラムを実行しうる形式しかありません。</translation>
    </message>
    <message>
        <source>{title} in {bits} bits with {detail} pictures needs {value} GB, and {value2} GB {place} are free.</source>
        <translation>{title}（{bits} ビット、画像の細かさ {detail}）には {value} GB 必要ですが、{place}の空きは {value2} GB です。</translation>
    </message>
    <message>
        <source>{title} is already being downloaded.</source>
        <translation>{title} はすでにダウンロード中です。</translation>
    </message>
    <message>
        <source>{title} is in the Hugging Face cache {cached}, which other programs use too.</source>
        <translation>{title} は、ほかのプログラムも使う Hugging Face のキャッシュ {cached} にあります。</translation>
    </message>
    <message>
        <source>{title} is in {value}.</source>
        <translation>{title} は {value} にあります。</translation>
    </message>
    <message>
        <source>{title} is not on this computer yet.</source>
        <translation>{title} はまだこのコンピューターにありません。</translation>
    </message>
    <message>
        <source>{title} is review only: nothing is said while it runs.</source>
        <translation>{title}は振り返りだけに設定されているため、プレイ中は何も話しません。</translation>
    </message>
    <message>
        <source>{title} is review only: nothing is said while it runs. {rule}</source>
        <translation>{title}は振り返りだけに設定されているため、プレイ中は何も話しません。{rule}</translation>
    </message>
    <message>
        <source>{title} knows only its practice games ({value}). Anything else needs {able}.</source>
        <translation>{title}が知っているのは練習ゲーム（{value}）だけです。ほかのゲームには {able} が必要です。</translation>
    </message>
    <message>
        <source>{title} was not on this computer.</source>
        <translation>{title} はこのコンピューターにありませんでした。</translation>
    </message>
    <message>
        <source>{title} was removed.</source>
        <translation>{title} を削除しました。</translation>
    </message>
    <message>
        <source>{title} was taken off the list; its files stay in {value}.</source>
        <translation>{title} はもうコーチの一覧にありません。{value} のファイルはそのまま残します。</translation>
    </message>
    <message>
        <source>{title}: right in {right} of {positions}.</source>
        <translation>{title}：{positions}場面中{right}場面で正解。</translation>
    </message>
    <message>
        <source>{value} has no pictures.</source>
        <translation>{value} に画像がありません。</translation>
    </message>
    <message>
        <source>{value} is not a valid {kind}.</source>
        <translation>{value} は正しい値ではありません。</translation>
    </message>
    <message>
        <source>{value} is not in the range {range}.</source>
        <translation>{value} は範囲外です（{range}）。</translation>
    </message>
    <message>
        <source>{value} is not one of {choices}.</source>
        <translation>{value} は選べません。次から選んでください：{choices}。</translation>
    </message>
    <message>
        <source>{value} situations of {game} are remembered.</source>
        <translation>{game} の場面を {value} 件覚えています。</translation>
    </message>
    <message>
        <source>{value} was not contacted, as the coach is set to stay offline.</source>
        <translation>コーチはオフラインのまま使う設定なので、{value} には接続しませんでした。</translation>
    </message>
    <message>
        <source>{what} could not be saved: {strerror}.</source>
        <translation>{what}を保存できませんでした：{strerror}。</translation>
    </message>
    <message>
        <source>{what} could not be used ({error}).</source>
        <translation>{what}を使えませんでした（{error}）。</translation>
    </message>
    <message>
        <source>{what} was damaged, so a new one was started. The old one is kept as {kept}.</source>
        <translation>{what}のファイルが壊れていたため、新しく始めました。古いものは {kept} として残してあります。</translation>
    </message>
    <message>
        <source>{what}.</source>
        <translation>{what}。</translation>
    </message>
    <message>
        <source>{what}: {error}.</source>
        <translation>{what}：{error}。</translation>
    </message>
    <message>
        <source>{window} has colours that cannot be read. Set the screen to 16, 24 or 30 bits a pixel.</source>
        <translation>{window} の色を読み取れません。画面を1ピクセルあたり16、24、30ビットのいずれかに設定してください。</translation>
    </message>
    <message>
        <source>“{chord}” are not buttons of a gamepad.</source>
        <translation>「{chord}」はゲームパッドのボタンではありません。</translation>
    </message>
    <message>
        <source>“{game}” is not a game.</source>
        <translation>「{game}」というゲームはありません。</translation>
    </message>
    <message>
        <source>“{hub_id}” is not the name of a model.</source>
        <translation>「{hub_id}」はモデルの名前ではありません。</translation>
    </message>
    <message>
        <source>“{name}” cannot be the name of a model.</source>
        <translation>「{name}」はモデルの名前にできません。</translation>
    </message>
    <message>
        <source>“{sequence}” alone would take that key from your game.</source>
        <translation>「{sequence}」だけではゲームのキーを奪ってしまいます。</translation>
    </message>
    <message>
        <source>“{sequence}” is not a key that can be a hotkey.</source>
        <translation>「{sequence}」はホットキーにできません。</translation>
    </message>
    <message>
        <source>“{shape}” is not a shape that can be measured.</source>
        <translation>「{shape}」という寸法は測れません。</translation>
    </message>
    <message>
        <source>“{text}” is not a size.</source>
        <translation>「{text}」は大きさの指定として正しくありません。</translation>
    </message>
    <message>
        <source>“{value}” names no move of this game.</source>
        <translation>「{value}」には、このゲームの手が出てきません。</translation>
    </message>
    <message>
        <source>“{value}” names several moves.</source>
        <translation>「{value}」には、手が複数出てきます。</translation>
    </message>
    <message>
        <source>“{word}” is not a weight.</source>
        <translation>「{word}」は重みではありません。</translation>
    </message>
    <message>
        <source>Known shapes: {value}.</source>
        <translation>測れる寸法：{value}。</translation>
    </message>
    <message>
        <source>A name from: coach models list.</source>
        <translation>名前は coach models list で確認できます。</translation>
    </message>
    <message>
        <source>Allow the network on the General page of the settings, or switch the server off.</source>
        <translation>設定の「一般」でネットワークを許可するか、サーバーをオフにしてください。</translation>
    </message>
    <message>
        <source>Allow the network on the General page of the settings, or use a teacher on this computer.</source>
        <translation>設定の「一般」でネットワークを許可するか、このコンピューターの教師を使ってください。</translation>
    </message>
    <message>
        <source>Always use a virtual screen.</source>
        <translation>常に仮想画面を使います。</translation>
    </message>
    <message>
        <source>Check that it is running, and its address on the Server page of the settings.</source>
        <translation>動作しているかと、設定の「サーバー」のアドレスを確認してください。</translation>
    </message>
    <message>
        <source>Check the address on the Server page of the settings; most end in /v1.</source>
        <translation>設定の「サーバー」でアドレスを確認してください。多くは /v1 で終わります。</translation>
    </message>
    <message>
        <source>Choose another one on the Server page of the settings.</source>
        <translation>設定の「サーバー」で別のものを選んでください。</translation>
    </message>
    <message>
        <source>Choose one on the Server page of the settings, or on the command line: --model NAME@URL</source>
        <translation>設定の「サーバー」で選ぶか、コマンドラインで指定してください：--model 名前@URL</translation>
    </message>
    <message>
        <source>Enter it on the Server page of the settings, or put it into the variable {VARIABLE}.</source>
        <translation>設定の「サーバー」で入力するか、環境変数 {VARIABLE} に入れてください。</translation>
    </message>
    <message>
        <source>Enter it on the Server page of the settings.</source>
        <translation>設定の「サーバー」で入力してください。</translation>
    </message>
    <message>
        <source>Length in seconds; without a screen, 40 by default.</source>
        <translation>秒数。画面がなければ 40。</translation>
    </message>
    <message>
        <source>List the guides, and where to put your own.</source>
        <translation>今あるガイドと、自分のガイドを置く場所を示します。</translation>
    </message>
    <message>
        <source>Loading {title}…</source>
        <translation>{title}を読み込んでいます…</translation>
    </message>
    <message>
        <source>Make it smaller with --replay or --replay-mb.</source>
        <translation>--replay か --replay-mb で減らしてください。</translation>
    </message>
    <message>
        <source>Measure answers at each detail of the pictures: as the article makes them, and as the coach does.</source>
        <translation>画像の細かさごとに、記事の方法とコーチの方法で回答を測ります。</translation>
    </message>
    <message>
        <source>Measure random weights of these dimensions; needs a graphics card.</source>
        <translation>この寸法の乱数の重みを測ります。グラフィックカードが必要です。</translation>
    </message>
    <message>
        <source>Measure the installed translator on 500 answers.</source>
        <translation>インストール済みの翻訳モデルを500の回答で測ります。</translation>
    </message>
    <message>
        <source>Number of batches.</source>
        <translation>学習するバッチの数。</translation>
    </message>
    <message>
        <source>Number of game steps; the default depends on the game.</source>
        <translation>ゲームのステップ数。既定値はゲームによります。</translation>
    </message>
    <message>
        <source>Number of held-out questions to ask.</source>
        <translation>尋ねる評価用の質問の数。</translation>
    </message>
    <message>
        <source>Number of passes through all questions.</source>
        <translation>すべての質問から学習する回数。</translation>
    </message>
    <message>
        <source>Number of passes through each guide.</source>
        <translation>各ガイドを読み通す回数。</translation>
    </message>
    <message>
        <source>Number of pieces that each batch is split into.</source>
        <translation>1つのバッチを分けて学習する数。</translation>
    </message>
    <message>
        <source>Number of positions at each scale.</source>
        <translation>各倍率で調べる場面の数。</translation>
    </message>
    <message>
        <source>Number of positions.</source>
        <translation>調べる場面の数。</translation>
    </message>
    <message>
        <source>Number of requests at once.</source>
        <translation>同時に送るリクエストの数。</translation>
    </message>
    <message>
        <source>Number of seeds that --compare trains of each kind.</source>
        <translation>--compare で種類ごとに学習するシードの数。</translation>
    </message>
    <message>
        <source>Number of transitions to keep.</source>
        <translation>保持する遷移の数。</translation>
    </message>
    <message>
        <source>Only this game&apos;s.</source>
        <translation>このゲームのものだけ。</translation>
    </message>
    <message>
        <source>Price per million input tokens, for the estimate.</source>
        <translation>見積もり用：入力100万トークンあたりの価格。</translation>
    </message>
    <message>
        <source>Price per million output tokens.</source>
        <translation>出力100万トークンあたりの価格。</translation>
    </message>
    <message>
        <source>Random weights: {value} of {value2} GB.</source>
        <translation>乱数の重み：{value2} GB 中 {value} GB。</translation>
    </message>
    <message>
        <source>Record what the coach saw and said.</source>
        <translation>見た画面と助言を録画します。</translation>
    </message>
    <message>
        <source>Resume in a few minutes; what has been downloaded is kept.</source>
        <translation>数分後に再開してください。ダウンロード済みの分は残っています。</translation>
    </message>
    <message>
        <source>Resume later; what has been downloaded is kept.</source>
        <translation>後で再開してください。ダウンロード済みの分は残っています。</translation>
    </message>
    <message>
        <source>Run it on a computer with one; without --shape the coach that answers here is measured.</source>
        <translation>それを備えたコンピューターで実行してください。--shape を付けなければ、ここで答えているコーチを測ります。</translation>
    </message>
    <message>
        <source>Save a model in 4 bits: it takes a third of the disk space, and loads faster.</source>
        <translation>モデルを4ビットで保存します。ディスクは3分の1で済み、読み込みも速くなります。</translation>
    </message>
    <message>
        <source>Show the coach beside a practice game; without a screen it plays by itself and saves pictures.</source>
        <translation>練習ゲームの横でコーチを見せます。画面がなければ自動で遊び、画像を残します。</translation>
    </message>
    <message>
        <source>Size of the maps in squares, if the game has a choice.</source>
        <translation>地図のマス数（選べるゲームのみ）。</translation>
    </message>
    <message>
        <source>Something other than the model hub answered, as happens in networks that want a log-in first.</source>
        <translation>モデルハブ以外から応答がありました。先にログインが必要なネットワークで起こります。</translation>
    </message>
    <message>
        <source>Something went wrong inside the coach, but it keeps running. See the log file for details.</source>
        <translation>コーチの内部で問題が起きましたが、動作は続いています。詳しくはログをご覧ください。</translation>
    </message>
    <message>
        <source>Something went wrong; see the log file for details.</source>
        <translation>問題が起きました。詳しくはログをご覧ください。</translation>
    </message>
    <message>
        <source>Steps between evaluations.</source>
        <translation>評価と評価の間のステップ数。</translation>
    </message>
    <message>
        <source>Switch “Stay offline” off in the settings, and unset HF_HUB_OFFLINE if it is set.</source>
        <translation>設定の「オフラインのまま使う」をオフにし、HF_HUB_OFFLINE があれば未設定にしてください。</translation>
    </message>
    <message>
        <source>Temperature of the teacher.</source>
        <translation>教師モデルの温度。</translation>
    </message>
    <message>
        <source>The actions of {name} are not numbered, as a Q-network needs them.</source>
        <translation>{name} の操作は、Qネットワークに必要な番号付きではありません。</translation>
    </message>
    <message>
        <source>The adapter in {folder} does not change what {name} answers.</source>
        <translation>{folder} のアダプターは、{name} の回答を何も変えません。</translation>
    </message>
    <message>
        <source>The adapter in {folder} is damaged: some of its matrices are missing or do not fit.</source>
        <translation>{folder} のアダプターは壊れています。行列が欠けているか、大きさが合いません。</translation>
    </message>
    <message>
        <source>The adapter in {folder} is damaged: some of its weights are not numbers, or are far too large.</source>
        <translation>{folder} のアダプターは壊れています。重みが数値でないか、大きすぎます。</translation>
    </message>
    <message>
        <source>The adapter {title} was made for coach-text, the text model of earlier versions.</source>
        <translation>アダプター {title} は、以前の版のテキストモデル coach-text のためのものです。</translation>
    </message>
    <message>
        <source>The answer was stopped because the model was unloaded.</source>
        <translation>モデルを解放したため、回答を中断しました。</translation>
    </message>
    <message>
        <source>The coach could not answer because of an internal error.</source>
        <translation>内部エラーのため、コーチは回答できませんでした。</translation>
    </message>
    <message>
        <source>The coach does not know the language “{name}”.</source>
        <translation>コーチは言語「{name}」に対応していません。</translation>
    </message>
    <message>
        <source>The coach is asleep, as it was not needed for a while; it wakes up when it is.</source>
        <translation>しばらく使われなかったため、コーチは休止しています。必要になると自動で再開します。</translation>
    </message>
    <message>
        <source>The coach&apos;s engine is not responding.</source>
        <translation>コーチのエンジンが応答しません。</translation>
    </message>
    <message>
        <source>The coach&apos;s engine sent something unreadable.</source>
        <translation>コーチのエンジンの応答を読めませんでした。</translation>
    </message>
    <message>
        <source>The coach&apos;s model, or a server&apos;s; by default, as in the settings.</source>
        <translation>コーチ、またはサーバーのモデル。省略すると設定に従います。</translation>
    </message>
    <message>
        <source>The crash counter</source>
        <translation>起動の記録</translation>
    </message>
    <message>
        <source>The desktop has sent no picture yet. Some send none until something in the window moves.</source>
        <translation>デスクトップからまだ画面が届いていません。ウィンドウの中で何かが動くまで届かないデスクトップもあります。</translation>
    </message>
    <message>
        <source>The engine received only part of the picture.</source>
        <translation>画像がエンジンに完全には届きませんでした。</translation>
    </message>
    <message>
        <source>The file {name} of {title} arrived damaged, and was deleted.</source>
        <translation>{title} のファイル {name} は壊れて届いたため、破棄しました。</translation>
    </message>
    <message>
        <source>The game that the coach is for: {value}.</source>
        <translation>どのゲームのコーチ用か：{value}。</translation>
    </message>
    <message>
        <source>The game that the guides are about; the first one by default.</source>
        <translation>ガイドの対象のゲーム。既定は最初のゲームです。</translation>
    </message>
    <message>
        <source>The game whose guides are searched; by default, the adapter&apos;s.</source>
        <translation>ガイドを検索するゲーム。省略するとアダプターのゲームです。</translation>
    </message>
    <message>
        <source>The game whose guides are searched; the first one by default.</source>
        <translation>ガイドを検索するゲーム。既定は最初のゲームです。</translation>
    </message>
    <message>
        <source>The game whose guides are used; the first one by default.</source>
        <translation>ガイドを使うゲーム。既定は最初のゲームです。</translation>
    </message>
    <message>
        <source>The game&apos;s profile.</source>
        <translation>ゲームのプロファイル。</translation>
    </message>
    <message>
        <source>The history was damaged, so a new one was started. The old one is kept as {kept}.</source>
        <translation>履歴が壊れていたため、新しく始めました。古いものは {kept} として残しました。</translation>
    </message>
    <message>
        <source>The hub gives no sizes or no checksums for the files of {title}.</source>
        <translation>ハブが {title} のファイルの大きさやチェックサムを示していません。</translation>
    </message>
    <message>
        <source>The hub has had too many requests from this computer.</source>
        <translation>このコンピューターからハブへのリクエストが多すぎます。</translation>
    </message>
    <message>
        <source>The hub has no model {hub_id}, or it is private.</source>
        <translation>ハブにモデル {hub_id} がないか、権限のある人にしか公開されていません。</translation>
    </message>
    <message>
        <source>The live loop can be measured only on X11.</source>
        <translation>ライブ動作の測定は X11 でのみ行えます。</translation>
    </message>
    <message>
        <source>The model could not handle this request.</source>
        <translation>モデルがこのリクエストを処理できませんでした。</translation>
    </message>
    <message>
        <source>The model hub does not finish its answer.</source>
        <translation>モデルハブの応答が終わりません。</translation>
    </message>
    <message>
        <source>The model in {folder} is not one of the coach&apos;s Q-networks.</source>
        <translation>{folder} のモデルはコーチのQネットワークではありません。</translation>
    </message>
    <message>
        <source>The model is unloaded, and its memory is free for the game. Ask a question to load it again.</source>
        <translation>モデルを解放し、メモリをゲームに空けました。質問すると読み込み直します。</translation>
    </message>
    <message>
        <source>The picture {path} has only {width} by {height} pixels.</source>
        <translation>画像 {path} は {width}×{height} ピクセルしかありません。</translation>
    </message>
    <message>
        <source>The server {host} broke off in the middle of its answer.</source>
        <translation>サーバー {host} の回答が途中で切れました。</translation>
    </message>
    <message>
        <source>The settings {file} cannot be read, so the coach stays offline; correct them, or delete them.</source>
        <translation>設定 {file} を読めないため、コーチはオフラインのままにします。修正するか、削除してください。</translation>
    </message>
    <message>
        <source>The teacher&apos;s name on the server.</source>
        <translation>サーバーでの教師の名前。</translation>
    </message>
    <message>
        <source>The weights of the Q-network in {folder} do not match its description.</source>
        <translation>{folder} のQネットワークの重みが記載と合いません。</translation>
    </message>
    <message>
        <source>There are no experiences of {game} yet.</source>
        <translation>{game} の経験がまだありません。</translation>
    </message>
    <message>
        <source>There is not enough room for the model: it needs {value}, {value2} have to stay free, and only {value3} are free in {parent}.</source>
        <translation>モデルの空き容量が足りません。残り {value} と、空けておく {value2} に対し、{parent} の空きは {value3} です。</translation>
    </message>
    <message>
        <source>This is not a key: it contains characters that no key has.</source>
        <translation>キーに使えない文字が含まれています。</translation>
    </message>
    <message>
        <source>This needs a graphics card with CUDA and {value} GB of free memory.</source>
        <translation>これには、空きメモリ {value} GB の CUDA 対応グラフィックカードが必要です。</translation>
    </message>
    <message>
        <source>This screen cannot capture single windows.</source>
        <translation>この画面ではウィンドウ単体をキャプチャできません。</translation>
    </message>
    <message>
        <source>Train it again with: coach train dqn --game {game}.</source>
        <translation>次で学習し直してください：coach train dqn --game {game}</translation>
    </message>
    <message>
        <source>Train the bundled coach: about two hours on a CPU; resumes where it stopped.</source>
        <translation>付属のコーチを学習します。CPU で約2時間。中断したところから再開します。</translation>
    </message>
    <message>
        <source>Translations cannot be saved ({error}); they are kept until the coach quits.</source>
        <translation>翻訳をディスクに保存できません（{error}）。終了するまで記憶します。</translation>
    </message>
    <message>
        <source>Try again later; what has been downloaded is kept, and only the rest is requested.</source>
        <translation>後でもう一度試してください。ダウンロード済みの分は残り、続きだけを取得します。</translation>
    </message>
    <message>
        <source>Ubisoft does not allow cheating, or anything else that gives you an unfair advantage in its online games.</source>
        <translation>Ubisoftは、オンラインゲームでのチートなど、不当に有利になる行為を認めていません。</translation>
    </message>
    <message>
        <source>Use letters, digits, dots and dashes, and no “.partial” at the end.</source>
        <translation>英数字・ドット・ハイフンを使い、末尾を「.partial」にしないでください。</translation>
    </message>
    <message>
        <source>Use one with at least {MIN_SIDE_PX} by {MIN_SIDE_PX2}, and at most {value} million.</source>
        <translation>{MIN_SIDE_PX}×{MIN_SIDE_PX2} 以上、合計 {value} 百万ピクセル以下のものを使ってください。</translation>
    </message>
    <message>
        <source>Valve can close accounts of players who use software that gives an unfair advantage in multiplayer games.</source>
        <translation>Valveは、マルチプレイヤーゲームで不当に有利になるソフトウェアを使ったプレイヤーのアカウントを停止することがあります。</translation>
    </message>
    <message>
        <source>Wait {pause_s} s before you ask again.</source>
        <translation>{pause_s}秒ほど待ってから、もう一度質問してください。</translation>
    </message>
    <message>
        <source>Waking up…</source>
        <translation>再開しています…</translation>
    </message>
    <message>
        <source>Wayland does not let the coach read the screen by itself. Choose “Window or screen (Wayland)” as what to watch.</source>
        <translation>Wayland では、コーチは自分で画面を読み取れません。見る対象に「ウィンドウか画面（Wayland）」を選んでください。</translation>
    </message>
    <message>
        <source>What this computer has, and which models fit beside what is running now.</source>
        <translation>このコンピューターの性能と、今動いているもののほかに収まるモデルを示します。</translation>
    </message>
    <message>
        <source>What was done cannot be told from these pictures.</source>
        <translation>何をしたかは、この画像からは分かりません。</translation>
    </message>
    <message>
        <source>What was done could be read from the pictures in {read} of {total}.</source>
        <translation>何をしたかを画像から読み取れた場面：{total}場面のうち{read}場面。</translation>
    </message>
    <message>
        <source>What you picked</source>
        <translation>選んだ対象</translation>
    </message>
    <message>
        <source>What you picked was closed. The coach continues when it is back, or when you pick it again.</source>
        <translation>選んだ対象が閉じられました。戻るか、もう一度選ばれたら続けます。</translation>
    </message>
    <message>
        <source>Which window is the game? “{title}” is one of several programs: {names}. Choose it once; the coach remembers it.</source>
        <translation>ゲームのウィンドウはどれですか？「{title}」は複数のプログラムにあります：{names}。一度選べば、コーチが覚えます。</translation>
    </message>
    <message>
        <source>Write the model&apos;s name on the Server page of the settings, or on the command line: --model NAME@URL</source>
        <translation>設定の「サーバー」にモデルの名前を書くか、コマンドラインで指定してください：--model 名前@URL</translation>
    </message>
    <message>
        <source>You can change this under “When it speaks” in the coach&apos;s menu. {reference}</source>
        <translation>コーチのメニューの「いつ話すか」で変えられます。{reference}</translation>
    </message>
    <message>
        <source>Your models folder {chosen} is not there.</source>
        <translation>モデルのフォルダー {chosen} がありません。</translation>
    </message>
    <message>
        <source>Your models folder {folder} can no longer be used ({strerror}).</source>
        <translation>モデルのフォルダー {folder} が使えなくなりました（{strerror}）。</translation>
    </message>
    <message>
        <source>Your models folder {folder} cannot be written to ({strerror}).</source>
        <translation>モデルのフォルダー {folder} に書き込めません（{strerror}）。</translation>
    </message>
    <message>
        <source>coach, dqn, coach+dqn, teacher, random, text, text-tuned, or one of the game&apos;s own players; several are separated by commas, and play the same seeds.</source>
        <translation>coach、dqn、coach+dqn、teacher、random、text、text-tuned、またはゲーム独自のプレイヤー。コンマで区切ると、複数が同じシードでプレイします。</translation>
    </message>
    <message>
        <source>default, or original: those of the first public tips bot.</source>
        <translation>default または original（最初に公開された攻略ボットの値）。</translation>
    </message>
    <message>
        <source>osu! does not allow programs that give you any advantage, or do for you what you should be doing yourself.</source>
        <translation>osu!は、少しでも有利になるプログラムや、自分ですべき操作を代わりに行うプログラムを認めていません。</translation>
    </message>
    <message>
        <source>{detail} pictures, run {value} of {runs}: {answer_ms} ms as the article does; first word {first_word_ms} ms, of a further question {first_word_ms2} ms, of one about a picture looked at before {first_word_ms3} ms.</source>
        <translation>画像 {detail}、{runs}回中{value}回目：記事の方法では {answer_ms} ミリ秒。最初の語まで {first_word_ms} ミリ秒、続けての質問では {first_word_ms2} ミリ秒、先に見ておいた画像では {first_word_ms3} ミリ秒。</translation>
    </message>
    <message>
        <source>{id} cannot be played by reading.</source>
        <translation>{id} は文章を読んでプレイすることができません。</translation>
    </message>
    <message>
        <source>{message} From now on the coach looks at pictures in less detail.</source>
        <translation>{message}これからは画像をより粗く見ます。</translation>
    </message>
    <message>
        <source>{message} It is being restarted.</source>
        <translation>{message}再起動しています。</translation>
    </message>
    <message>
        <source>{message} Restarting it {failures} times did not help.</source>
        <translation>{message}{failures}回再起動しましたが、復旧しませんでした。</translation>
    </message>
    <message>
        <source>{message} That happened twice with this request.</source>
        <translation>{message}このリクエストで2回起きました。</translation>
    </message>
    <message>
        <source>{name} is loaded.</source>
        <translation>{name} を読み込みました。</translation>
    </message>
    <message>
        <source>{title} is not a text adapter.</source>
        <translation>{title} はテキストアダプターではありません。</translation>
    </message>
    <message>
        <source>{title} is not a text model.</source>
        <translation>{title} はテキストモデルではありません。</translation>
    </message>
    <message>
        <source>{what} did not appear within {seconds} seconds.</source>
        <translation>{what}が{seconds}秒以内に現れませんでした。</translation>
    </message>
    <message>
        <source>{window} cannot be read right now. If this lasts, choose a part of the screen in the settings.</source>
        <translation>{window} は今は読めません。続くようなら、設定で画面の一部を選んでください。</translation>
    </message>
    <message>
        <source>{window} is minimised or on another desktop. The coach continues when it is shown.</source>
        <translation>{window} は最小化されているか、別のデスクトップにあります。表示されると再開します。</translation>
    </message>
    <message>
        <source>{window} is not open. The coach continues when it is back.</source>
        <translation>{window} が開いていません。開くと再開します。</translation>
    </message>
</context>
<context>
    <name>SessionBridge</name>
    <message>
        <source>Second opinion: {move}.</source>
        <translation>セカンドオピニオン：{move}。</translation>
    </message>
    <message>
        <source>From the guides: {titles}</source>
        <translation>ガイドより：{titles}</translation>
    </message>
    <message>
        <source>Quoted from the guide: {title}</source>
        <translation>ガイドからの引用：{title}</translation>
    </message>
    <message>
        <source>See also: {titles}</source>
        <translation>関連：{titles}</translation>
    </message>
    <message>
        <source>More</source>
        <translation>もっと</translation>
    </message>
    <message>
        <source>The coach is not sure of this.</source>
        <translation>コーチはこの助言に自信がありません。</translation>
    </message>
    <message>
        <source>Move: {move}</source>
        <translation>次の一手：{move}</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>A small picture of what the coach saw is kept on this computer with each piece of advice, whatever was on the screen at that moment.</source>
        <translation>コーチが見た画面の小さな画像を、助言ごとにこのコンピューターに保存します。そのとき画面にあったものが何でも写ります。</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>アドレス</translation>
    </message>
    <message>
        <source>Allow online translation</source>
        <translation>オンライン翻訳を許可</translation>
    </message>
    <message>
        <source>A Marian model (English to Japanese) on this computer, by name or folder. Automatic takes the one made for the game, or else one for any game.</source>
        <translation>このコンピューターにある Marian モデル（英語から日本語）の名前かフォルダーです。自動では、ゲーム専用のモデルを使い、なければ汎用のモデルを使います。</translation>
    </message>
    <message>
        <source>A button, or several held together, for what you want to do. Choose ones that your game does not use, such as LB + Back.</source>
        <translation>操作ごとのボタン（一つ、または同時に押すいくつか）。LB + Back のように、ゲームで使わないものを選んでください。</translation>
    </message>
    <message>
        <source>A game&apos;s profile can ask for longer. When the scene changes, the coach speaks at once.</source>
        <translation>ゲームのプロファイルでさらに長くできます。場面が変わったときは、すぐに助言します。</translation>
    </message>
    <message>
        <source>A large model that was not used for this long leaves the graphics card, and is loaded again when needed. 0 keeps it. The small bundled coach always stays.</source>
        <translation>この時間使われなかったモデルをグラフィックカードから解放し、必要になると読み込み直します。0 なら解放しません。小さい付属のコーチはいつも残ります。</translation>
    </message>
    <message>
        <source>A move that is less likely to be right, by the model itself, is doubtful advice. 0 is for never.</source>
        <translation>モデルの見積もりで、正しい確率（％）がこれより低い手は、疑わしい助言とみなします。0ならみなしません。</translation>
    </message>
    <message>
        <source>A second model, made for one game, rates every move (Q-values). Only for games that have one.</source>
        <translation>そのゲーム専用の別のモデルが、それぞれの手を評価します（Q値）。モデルのあるゲームだけです。</translation>
    </message>
    <message>
        <source>Advice comes from a server that speaks the OpenAI protocol: vLLM, LM Studio, Ollama and others.</source>
        <translation>OpenAI プロトコルに対応したサーバー（vLLM、LM Studio、Ollama など）が助言します。</translation>
    </message>
    <message>
        <source>Advice is written in English, then translated if you choose Japanese.</source>
        <translation>助言は英語で作られ、日本語を選ぶと翻訳されます。</translation>
    </message>
    <message>
        <source>Advice language</source>
        <translation>助言の言語</translation>
    </message>
    <message>
        <source>Advice older than this turns grey.</source>
        <translation>これより古い助言は灰色になります。</translation>
    </message>
    <message>
        <source>Also show settings that few people need.</source>
        <translation>あまり使わない設定も表示します。</translation>
    </message>
    <message>
        <source>Answers to your questions are always read in full.</source>
        <translation>質問への回答は、いつも全文を読み上げます。</translation>
    </message>
    <message>
        <source>Any known game that is open, a window, a monitor, part of the screen, or a recording.</source>
        <translation>開いている既知のゲーム、ウィンドウ、モニター、画面の一部、または録画です。</translation>
    </message>
    <message>
        <source>As the last step. It is loaded again later, or when you ask a question.</source>
        <translation>最後の手段です。しばらくしてから、または質問したときに、また読み込みます。</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>質問</translation>
    </message>
    <message>
        <source>Ask a server</source>
        <translation>サーバーに尋ねる</translation>
    </message>
    <message>
        <source>Ask aloud</source>
        <translation>声で質問</translation>
    </message>
    <message>
        <source>Ask the coach a question about what is on the screen now.</source>
        <translation>今の画面についてコーチに質問します。</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>Bad advice</source>
        <translation>悪い助言</translation>
    </message>
    <message>
        <source>Buttons</source>
        <translation>ボタン</translation>
    </message>
    <message>
        <source>Capture</source>
        <translation>キャプチャ</translation>
    </message>
    <message>
        <source>Choose the window of your game, also where the coach cannot tell which one it is.</source>
        <translation>ゲームのウィンドウを選びます。コーチがどれか判断できないときにも使います。</translation>
    </message>
    <message>
        <source>Choose what to watch</source>
        <translation>見る対象を選ぶ</translation>
    </message>
    <message>
        <source>Coach</source>
        <translation>コーチ</translation>
    </message>
    <message>
        <source>Coarse, fastest</source>
        <translation>粗い（最速）</translation>
    </message>
    <message>
        <source>Colour difference</source>
        <translation>色の差</translation>
    </message>
    <message>
        <source>Colours of the overlay.</source>
        <translation>オーバーレイの色です。</translation>
    </message>
    <message>
        <source>Copy the answer</source>
        <translation>回答をコピー</translation>
    </message>
    <message>
        <source>Copy the answer in the overlay to the clipboard.</source>
        <translation>オーバーレイの回答をクリップボードにコピーします。</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>ダーク</translation>
    </message>
    <message>
        <source>Delete after</source>
        <translation>保存期間</translation>
    </message>
    <message>
        <source>Game first</source>
        <translation>ゲーム優先</translation>
    </message>
    <message>
        <source>Gamepad</source>
        <translation>ゲームパッド</translation>
    </message>
    <message>
        <source>Give way to the game</source>
        <translation>ゲームに譲る</translation>
    </message>
    <message>
        <source>Go on from a nudge to a hint, and from a hint to the answer, about the same moment.</source>
        <translation>同じ場面について、着目点からヒントへ、ヒントから答えへと進みます。</translation>
    </message>
    <message>
        <source>Good advice</source>
        <translation>よい助言</translation>
    </message>
    <message>
        <source>Hear questions</source>
        <translation>質問を聞き取る</translation>
    </message>
    <message>
        <source>Hearing</source>
        <translation>聞き取り</translation>
    </message>
    <message>
        <source>Hide from captures</source>
        <translation>キャプチャに写さない</translation>
    </message>
    <message>
        <source>Hide or show the overlay.</source>
        <translation>オーバーレイを隠したり表示したりします。</translation>
    </message>
    <message>
        <source>Hide the advice</source>
        <translation>助言を表示しない</translation>
    </message>
    <message>
        <source>Hold a key, speak and let go; what was understood is shown before it is asked. The microphone is on only while you hold the key. What you say stays on this computer, and is not stored.</source>
        <translation>キーを押しながら話し、離します。聞き取った文は、質問する前に表示されます。マイクがオンになるのは、キーを押している間だけです。話した内容はこのコンピューターから出ず、保存もされません。</translation>
    </message>
    <message>
        <source>Hold it while you ask the coach a question into the microphone. Works if it is switched on under Hearing.</source>
        <translation>押している間、マイクでコーチに質問できます。「聞き取り」でオンにすると使えます。</translation>
    </message>
    <message>
        <source>How fast the voice speaks. 50 % is its usual speed.</source>
        <translation>読み上げる速さ。50 % がその音声のふつうの速さです。</translation>
    </message>
    <message>
        <source>How long the picture must stay still before the coach speaks. Parts that move all the time are ignored.</source>
        <translation>画面がこの時間静止してから助言します。動き続ける部分は無視します。</translation>
    </message>
    <message>
        <source>How long to wait for a server that does not answer.</source>
        <translation>応答のないサーバーを待つ時間です。</translation>
    </message>
    <message>
        <source>How loud the voice is.</source>
        <translation>声の大きさ。</translation>
    </message>
    <message>
        <source>How many neighbouring pixels must change before the coach takes notice.</source>
        <translation>これだけのピクセルがまとまって変わると、変化とみなします。</translation>
    </message>
    <message>
        <source>How much of the picture must change to count as a new scene.</source>
        <translation>画面のこの割合が変わると、場面が変わったとみなします。</translation>
    </message>
    <message>
        <source>How often to look at the screen. The coach is asked only when something important changes.</source>
        <translation>画面を見る頻度です。コーチに尋ねるのは、大事な変化があったときだけです。</translation>
    </message>
    <message>
        <source>How solid the background of the overlay is. The text is always solid.</source>
        <translation>オーバーレイの背景の濃さです。文字は常にはっきり表示されます。</translation>
    </message>
    <message>
        <source>If no translation arrives in this time, the advice stays in English.</source>
        <translation>この時間内に翻訳が届かなければ、英語のまま表示します。</translation>
    </message>
    <message>
        <source>If the picture never settles, the coach speaks after this time. 0 waits forever.</source>
        <translation>静止しない画面でも、この時間が過ぎたら助言します。0 ならいつまでも待ちます。</translation>
    </message>
    <message>
        <source>In all advice</source>
        <translation>すべての助言で</translation>
    </message>
    <message>
        <source>In answers to questions</source>
        <translation>質問への回答で</translation>
    </message>
    <message>
        <source>Interface language</source>
        <translation>表示言語</translation>
    </message>
    <message>
        <source>It has been said what this desktop does not let the coach do.</source>
        <translation>このデスクトップでコーチにできないことは、説明済みです。</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>日本語</translation>
    </message>
    <message>
        <source>Japanese needs a model that knows it.</source>
        <translation>日本語には、日本語のわかるモデルが必要です。</translation>
    </message>
    <message>
        <source>Keep a small picture of the screen with each piece of advice.</source>
        <translation>助言ごとに画面の小さな画像も保存します。</translation>
    </message>
    <message>
        <source>Keep advice, questions and answers on this computer.</source>
        <translation>助言・質問・回答をこのコンピューターに記録します。</translation>
    </message>
    <message>
        <source>Keep pictures, too</source>
        <translation>画像も残す</translation>
    </message>
    <message>
        <source>Keep the overlay out of pictures that other programs take of the screen. Not every system does: switch it on, and the coach tries it out.</source>
        <translation>ほかのプログラムが撮る画面に、オーバーレイを写さないようにします。できないシステムもあります。オンにすると、コーチが実際に試します。</translation>
    </message>
    <message>
        <source>Keep this answer in the overlay; press again for new advice.</source>
        <translation>この回答をオーバーレイに残します。もう一度押すと新しい助言に戻ります。</translation>
    </message>
    <message>
        <source>Kept in your system&apos;s keyring and sent to this address only. Most servers at home need none.</source>
        <translation>システムのキーリングに保存し、このアドレスだけに送ります。自宅のサーバーにはたいてい不要です。</translation>
    </message>
    <message>
        <source>Language you speak</source>
        <translation>話す言語</translation>
    </message>
    <message>
        <source>Last answer</source>
        <translation>最後の回答</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>学習</translation>
    </message>
    <message>
        <source>Listen to gamepads while you play. The game gets their buttons, too.</source>
        <translation>ゲーム中もゲームパッドのボタンを受け取ります。ボタンはゲームにも届きます。</translation>
    </message>
    <message>
        <source>Load large models in 4 bits</source>
        <translation>大きなモデルを4ビットで読み込む</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>Maximum wait</source>
        <translation>最長の待ち時間</translation>
    </message>
    <message>
        <source>Minimum time between advice</source>
        <translation>助言の最短間隔</translation>
    </message>
    <message>
        <source>More detail takes more time and memory. The bundled coach has only one level.</source>
        <translation>細かいほど時間とメモリがかかります。付属のコーチは1種類だけです。</translation>
    </message>
    <message>
        <source>Move and resize the overlay; press again when done.</source>
        <translation>もう一度押すまで、オーバーレイをマウスで移動・サイズ変更できます。</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>しない</translation>
    </message>
    <message>
        <source>Nothing is downloaded, translated online or sent to another computer, whatever the other settings say.</source>
        <translation>ほかの設定にかかわらず、ダウンロードもオンライン翻訳も送信もしません。</translation>
    </message>
    <message>
        <source>Older entries are deleted automatically. 0 keeps them forever.</source>
        <translation>これより古い助言は自動で削除します。0 なら残し続けます。</translation>
    </message>
    <message>
        <source>Only answers to questions</source>
        <translation>質問への回答だけ</translation>
    </message>
    <message>
        <source>Only the move (all, if it names none)</source>
        <translation>次の一手だけ（一手を示さないときは全文）</translation>
    </message>
    <message>
        <source>Pause or resume unasked advice.</source>
        <translation>自動の助言を止めたり、再開したりします。</translation>
    </message>
    <message>
        <source>Picture detail</source>
        <translation>画像の細かさ</translation>
    </message>
    <message>
        <source>Picture size</source>
        <translation>画像の大きさ</translation>
    </message>
    <message>
        <source>Pictures of what the coach watches, and your questions, are sent to the address below. They stay on this computer only if that is localhost.</source>
        <translation>コーチの見る画面の画像と質問が、下のアドレスに送られます。localhost のときだけ、このコンピューターの外に出ません。</translation>
    </message>
    <message>
        <source>Pictures per second</source>
        <translation>1秒あたりの画面数</translation>
    </message>
    <message>
        <source>Pin the answer</source>
        <translation>回答を固定</translation>
    </message>
    <message>
        <source>Point at the screen</source>
        <translation>画面を指し示す</translation>
    </message>
    <message>
        <source>Read advice aloud; press again for silence.</source>
        <translation>助言を声で読み上げます。もう一度押すと止まります。</translation>
    </message>
    <message>
        <source>Read advice and answers aloud with a voice of your system. New advice interrupts the one before.</source>
        <translation>助言と回答を、システムの音声で読み上げます。新しい助言が来ると、前の読み上げは止まります。</translation>
    </message>
    <message>
        <source>Read aloud</source>
        <translation>助言を読み上げる</translation>
    </message>
    <message>
        <source>Read back</source>
        <translation>前へ戻る</translation>
    </message>
    <message>
        <source>Read on</source>
        <translation>続きを読む</translation>
    </message>
    <message>
        <source>Record practice games</source>
        <translation>練習ゲームを記録</translation>
    </message>
    <message>
        <source>Same as the system</source>
        <translation>システムに合わせる</translation>
    </message>
    <message>
        <source>Say more</source>
        <translation>もっと教える</translation>
    </message>
    <message>
        <source>Scene change</source>
        <translation>場面転換とみなす割合</translation>
    </message>
    <message>
        <source>Second opinion</source>
        <translation>セカンドオピニオン</translation>
    </message>
    <message>
        <source>Server model</source>
        <translation>サーバーのモデル</translation>
    </message>
    <message>
        <source>Settling time</source>
        <translation>静止を待つ時間</translation>
    </message>
    <message>
        <source>Show above the advice, and in the history, how many milliseconds it took; and below it, how often the coach was right where it was measured.</source>
        <translation>助言の上と履歴に、かかった時間をミリ秒で表示し、助言の下に、測定でコーチがどれだけ正しかったかを表示します。</translation>
    </message>
    <message>
        <source>Show advanced settings</source>
        <translation>詳細設定を表示</translation>
    </message>
    <message>
        <source>Show answer times</source>
        <translation>回答時間を表示</translation>
    </message>
    <message>
        <source>Show or hide the second opinion on each move.</source>
        <translation>各手についてのセカンドオピニオンの表示を切り替えます。</translation>
    </message>
    <message>
        <source>Show the advice and say so</source>
        <translation>助言を表示し、意見の違いも伝える</translation>
    </message>
    <message>
        <source>Show the last answer to a question again, from its beginning.</source>
        <translation>質問への最後の回答を、最初からもう一度表示します。</translation>
    </message>
    <message>
        <source>Show the next part of a long answer; after the last one, the first again.</source>
        <translation>長い回答の続きを表示します。最後まで読むと最初に戻ります。</translation>
    </message>
    <message>
        <source>Show the part of a long answer before this one.</source>
        <translation>長い回答のひとつ前の部分を表示します。</translation>
    </message>
    <message>
        <source>Show the second opinion</source>
        <translation>セカンドオピニオンを表示</translation>
    </message>
    <message>
        <source>Smallest change</source>
        <translation>最小の変化</translation>
    </message>
    <message>
        <source>Space for experiences</source>
        <translation>経験に使う容量</translation>
    </message>
    <message>
        <source>Speak aloud</source>
        <translation>声で読み上げる</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>読み上げ</translation>
    </message>
    <message>
        <source>Speech model</source>
        <translation>音声認識モデル</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速さ</translation>
    </message>
    <message>
        <source>Sure from</source>
        <translation>確信とみなす値</translation>
    </message>
    <message>
        <source>Takes about a quarter of the graphics memory, and is nearly as good.</source>
        <translation>グラフィックカードで使うメモリが4分の1になり、品質はほとんど変わりません。</translation>
    </message>
    <message>
        <source>The Grid coach and larger models can point at what they mean, with a ring and an arrow above the game.</source>
        <translation>Grid のコーチと大きいモデルは、話の対象をゲームの上の輪と矢印で指し示せます。</translation>
    </message>
    <message>
        <source>The coach&apos;s own</source>
        <translation>コーチに付属のもの</translation>
    </message>
    <message>
        <source>The folder of a Whisper model in faster-whisper&apos;s format. The coach&apos;s own understands English.</source>
        <translation>faster-whisper 形式の Whisper モデルのフォルダー。コーチに付属のモデルは英語がわかります。</translation>
    </message>
    <message>
        <source>The game profile to use. Unless you choose one, the window&apos;s title decides.</source>
        <translation>使うゲームプロファイルです。選ばなければ、ウィンドウのタイトルから決まります。</translation>
    </message>
    <message>
        <source>The language of menus, settings and messages.</source>
        <translation>メニュー、設定、メッセージの言語です。</translation>
    </message>
    <message>
        <source>The longest side of the pictures sent. Larger ones show more and take longer.</source>
        <translation>送る画像の長辺です。大きいほど細部が見え、時間がかかります。</translation>
    </message>
    <message>
        <source>The model that gives advice, by name or folder. The bundled one knows only the practice games.</source>
        <translation>助言するモデルの名前かフォルダーです。付属のモデルは練習ゲームしか知りません。</translation>
    </message>
    <message>
        <source>The move with its reason</source>
        <translation>次の一手とその理由</translation>
    </message>
    <message>
        <source>The overlay fades away after this long without anything new. 0 keeps it.</source>
        <translation>この時間、新しい助言がないとオーバーレイが消えます。0 なら消えません。</translation>
    </message>
    <message>
        <source>The server&apos;s address. vLLM uses port 8000, LM Studio 1234, Ollama 11434.</source>
        <translation>サーバーのアドレスです。ポートは vLLM が 8000、LM Studio が 1234、Ollama が 11434。</translation>
    </message>
    <message>
        <source>The server&apos;s name for it. Leave it empty if there is only one.</source>
        <translation>サーバーでの呼び名です。1つしかなければ空欄でかまいません。</translation>
    </message>
    <message>
        <source>The size of the advice text.</source>
        <translation>助言の文字の大きさです。</translation>
    </message>
    <message>
        <source>The smallest difference that counts, out of 255. Noise is smaller.</source>
        <translation>変化とみなす色の差の下限です（255段階）。ノイズはこれより小さくなります。</translation>
    </message>
    <message>
        <source>The text of all advice and of your Japanese questions is sent over the internet to Google Translate, together with your network address. Pictures of your screen are never sent.</source>
        <translation>助言の文章と日本語の質問が、お使いの IP アドレスとともに、インターネット経由で Google 翻訳に送られます。画面の画像が送られることはありません。</translation>
    </message>
    <message>
        <source>The welcome has been shown.</source>
        <translation>初回の案内を表示しました。</translation>
    </message>
    <message>
        <source>The width of the overlay, unless you resize it by hand.</source>
        <translation>手で変えていないときのオーバーレイの幅です。</translation>
    </message>
    <message>
        <source>Thumbs down for the advice in the overlay.</source>
        <translation>オーバーレイの助言をよくないと評価します。</translation>
    </message>
    <message>
        <source>Thumbs up for the advice in the overlay.</source>
        <translation>オーバーレイの助言をよいと評価します。</translation>
    </message>
    <message>
        <source>Told limits</source>
        <translation>制限の説明</translation>
    </message>
    <message>
        <source>Unload the model if nothing else helps</source>
        <translation>ほかに手がなければモデルを外す</translation>
    </message>
    <message>
        <source>Use a gamepad</source>
        <translation>ゲームパッドを使う</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>What is spoken</source>
        <translation>読み上げる内容</translation>
    </message>
    <message>
        <source>When off, neither advice nor your questions are sent to an online translator.</source>
        <translation>オフなら、助言も質問も翻訳サービスに送りません。</translation>
    </message>
    <message>
        <source>When the game loses frames because of the coach, the coach does less, step by step, and takes it back slowly. It watches only how often the game&apos;s window is drawn, never the game itself.</source>
        <translation>コーチのせいでゲームのフレームが減ると、コーチは段階的に負荷を下げ、ゆっくり元に戻します。見るのはゲームのウィンドウが描かれる回数だけで、ゲームの中は見ません。</translation>
    </message>
    <message>
        <source>Where you put the overlay, for each arrangement of monitors.</source>
        <translation>モニター配置ごとのオーバーレイの位置です。</translation>
    </message>
    <message>
        <source>Which translator to try first. Google is used only if you allow online translation.</source>
        <translation>最初に使う翻訳エンジンです。Google はオンライン翻訳を許可したときだけ使います。</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Doubtful advice</source>
        <translation>疑わしい助言</translation>
    </message>
    <message>
        <source>Fade after</source>
        <translation>消えるまでの時間</translation>
    </message>
    <message>
        <source>Fine, slowest</source>
        <translation>細かい（最も遅い）</translation>
    </message>
    <message>
        <source>Font size</source>
        <translation>文字の大きさ</translation>
    </message>
    <message>
        <source>Free its memory for the game; press again to load it.</source>
        <translation>モデルのメモリをゲームに空けます。もう一度押すと読み込みます。</translation>
    </message>
    <message>
        <source>Game</source>
        <translation>ゲーム</translation>
    </message>
    <message>
        <source>General</source>
        <translation>一般</translation>
    </message>
    <message>
        <source>Give up after</source>
        <translation>応答を待つ時間の上限</translation>
    </message>
    <message>
        <source>Google Translate</source>
        <translation>Google 翻訳</translation>
    </message>
    <message>
        <source>History</source>
        <translation>履歴</translation>
    </message>
    <message>
        <source>Hotkeys</source>
        <translation>ホットキー</translation>
    </message>
    <message>
        <source>Keep a history</source>
        <translation>履歴を残す</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>キー</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>言語</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>ライト</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>中くらい</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>メモリ</translation>
    </message>
    <message>
        <source>Move the overlay</source>
        <translation>オーバーレイの移動</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>このコンピューター</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>オーバーレイ</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>サーバー</translation>
    </message>
    <message>
        <source>Show or hide</source>
        <translation>表示・非表示</translation>
    </message>
    <message>
        <source>Stay offline</source>
        <translation>オフラインのまま使う</translation>
    </message>
    <message>
        <source>Switch the advice between English and Japanese.</source>
        <translation>助言を英語と日本語で切り替えます。</translation>
    </message>
    <message>
        <source>The game that is open</source>
        <translation>開いているゲーム</translation>
    </message>
    <message>
        <source>The window chosen for each game.</source>
        <translation>それぞれのゲームのウィンドウとして選んだもの。</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>テーマ</translation>
    </message>
    <message>
        <source>Translation</source>
        <translation>翻訳</translation>
    </message>
    <message>
        <source>Translation model</source>
        <translation>翻訳モデル</translation>
    </message>
    <message>
        <source>Translation time limit</source>
        <translation>翻訳の制限時間</translation>
    </message>
    <message>
        <source>Translator</source>
        <translation>翻訳エンジン</translation>
    </message>
    <message>
        <source>Turn grey after</source>
        <translation>灰色になるまで</translation>
    </message>
    <message>
        <source>Unload after</source>
        <translation>解放するまでの時間</translation>
    </message>
    <message>
        <source>Unload the model</source>
        <translation>モデルを解放</translation>
    </message>
    <message>
        <source>Welcomed</source>
        <translation>案内済み</translation>
    </message>
    <message>
        <source>What is collected, and recorded of your own play, takes no more space on this computer than this, for all games together. Where it is full, the oldest recordings in pictures go.</source>
        <translation>集めた経験と、記録した自分のプレイが、すべてのゲームを合わせてこのコンピューターで使う容量の上限です。いっぱいになると、画像による記録が古いものから消えます。</translation>
    </message>
    <message>
        <source>What to do with advice that the second opinion contradicts, or that the model is not sure of.</source>
        <translation>セカンドオピニオンと食い違う助言や、モデルに自信がない助言をどうするか。</translation>
    </message>
    <message>
        <source>What to watch</source>
        <translation>見る対象</translation>
    </message>
    <message>
        <source>When to speak</source>
        <translation>助言のタイミング</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>幅</translation>
    </message>
    <message>
        <source>Windows of the games</source>
        <translation>ゲームのウィンドウ</translation>
    </message>
    <message>
        <source>Write down the moves of all practice games started from the menu, for a review, and for coach learn GAME collect --how watch. The window Learning… records single games, others included.</source>
        <translation>メニューから始めたすべての練習ゲームの操作を、振り返りと coach learn GAME collect --how watch のために記録します。ゲームごとの記録（ほかのゲームも）は「学習…」ウィンドウで選べます。</translation>
    </message>
    <message>
        <source>days</source>
        <translation>日</translation>
    </message>
    <message>
        <source>min</source>
        <translation>分</translation>
    </message>
    <message>
        <source>pt</source>
        <translation>pt</translation>
    </message>
    <message>
        <source>px</source>
        <translation>px</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Monitor {index}</source>
        <translation>モニター {index}</translation>
    </message>
    <message>
        <source>Part of the screen, {width} x {height}</source>
        <translation>画面の一部、{width} × {height}</translation>
    </message>
    <message>
        <source>Window “{title}”</source>
        <translation>ウィンドウ「{title}」</translation>
    </message>
    <message>
        <source>Window or screen (Wayland)</source>
        <translation>ウィンドウか画面（Wayland）</translation>
    </message>
    <message>
        <source>Recording {name}</source>
        <translation>録画 {name}</translation>
    </message>
    <message>
        <source>Any known game that is open</source>
        <translation>開いている既知のゲーム</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Coach settings</source>
        <translation>コーチの設定</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>設定を検索</translation>
    </message>
    <message>
        <source>Settings pages</source>
        <translation>設定のページ</translation>
    </message>
    <message>
        <source>No setting matches.</source>
        <translation>当てはまる設定はありません。</translation>
    </message>
    <message>
        <source>Show &amp;advanced settings</source>
        <translation>詳細設定を表示(&amp;A)</translation>
    </message>
    <message>
        <source>List</source>
        <translation>一覧</translation>
    </message>
    <message>
        <source>{key} is the key of “{action}” already. Choose another one, or change that first.</source>
        <translation>{key} はすでに「{action}」のキーです。別のキーを選ぶか、先にそちらを変更してください。</translation>
    </message>
    <message>
        <source>&amp;Back up…</source>
        <translation>バックアップ(&amp;B)…</translation>
    </message>
    <message>
        <source>&amp;Restore…</source>
        <translation>復元(&amp;R)…</translation>
    </message>
    <message>
        <source>Reset &amp;all…</source>
        <translation>すべて既定に戻す(&amp;A)…</translation>
    </message>
    <message>
        <source>All &amp;settings</source>
        <translation>すべての設定(&amp;S)</translation>
    </message>
    <message>
        <source>Back up the settings</source>
        <translation>設定のバックアップ</translation>
    </message>
    <message>
        <source>Restore the settings</source>
        <translation>設定の復元</translation>
    </message>
    <message>
        <source>Reset all settings? The server&apos;s key and your game profiles stay.</source>
        <translation>すべての設定を既定に戻しますか？サーバーのキーとゲームプロファイルは残ります。</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>すべて戻す</translation>
    </message>
    <message>
        <source>Use the restored settings?</source>
        <translation>復元した設定を使いますか？</translation>
    </message>
    <message>
        <source>Use them</source>
        <translation>使う</translation>
    </message>
</context>
<context>
    <name>SourceEditor</name>
    <message>
        <source>Choose…</source>
        <translation>選ぶ…</translation>
    </message>
</context>
<context>
    <name>SourcePicker</name>
    <message>
        <source>your desktop asks which</source>
        <translation>どれにするかはデスクトップが尋ねます</translation>
    </message>
    <message>
        <source>What should the coach watch?</source>
        <translation>コーチに何を見せますか？</translation>
    </message>
    <message>
        <source>Any &amp;known game</source>
        <translation>既知のゲーム(&amp;K)</translation>
    </message>
    <message>
        <source>Watches whichever known game is open</source>
        <translation>開いている既知のゲームを見ます</translation>
    </message>
    <message>
        <source>&amp;Part of the screen…</source>
        <translation>画面の一部(&amp;P)…</translation>
    </message>
    <message>
        <source>Draw a rectangle on the screen</source>
        <translation>画面上に四角を描きます</translation>
    </message>
    <message>
        <source>&amp;Recording…</source>
        <translation>録画(&amp;R)…</translation>
    </message>
    <message>
        <source>A video, a GIF, or a folder of PNG pictures</source>
        <translation>動画、GIF、または PNG 画像のフォルダー</translation>
    </message>
    <message>
        <source>Re&amp;fresh</source>
        <translation>更新(&amp;F)</translation>
    </message>
    <message>
        <source>Windows and monitors</source>
        <translation>ウィンドウとモニター</translation>
    </message>
    <message>
        <source>&amp;Watch this</source>
        <translation>これを見る(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Use as game…</source>
        <translation>ゲームとして使う(&amp;U)…</translation>
    </message>
    <message>
        <source>Say which game it is, or make a profile for it</source>
        <translation>どのゲームかを選ぶか、プロファイルを作ります</translation>
    </message>
    <message>
        <source>Which of the first windows is the game? Choose once; the coach remembers.</source>
        <translation>最初に並んだウィンドウのうち、どれがゲームですか？一度選べば、コーチが覚えます。</translation>
    </message>
    <message>
        <source>Looking for windows…</source>
        <translation>ウィンドウを探しています…</translation>
    </message>
    <message>
        <source>No other window is open. Start the game, then refresh.</source>
        <translation>ほかのウィンドウは開いていません。ゲームを起動して更新してください。</translation>
    </message>
    <message>
        <source>no picture</source>
        <translation>画像なし</translation>
    </message>
    <message>
        <source>Game: {title}</source>
        <translation>ゲーム：{title}</translation>
    </message>
    <message>
        <source>&amp;New game…</source>
        <translation>新しいゲーム(&amp;N)…</translation>
    </message>
    <message>
        <source>A video, a GIF, or one picture of a folder of PNG pictures</source>
        <translation>動画、GIF、または PNG フォルダー内の1枚</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>録画</translation>
    </message>
</context>
<context>
    <name>SwitchEditor</name>
    <message>
        <source>Switch on</source>
        <translation>オンにする</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Timeline</source>
        <translation>タイムライン</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Your play is being recorded.</source>
        <translation>プレイを記録中です。</translation>
    </message>
    <message>
        <source>Coach</source>
        <translation>コーチ</translation>
    </message>
    <message>
        <source>How mu&amp;ch it says</source>
        <translation>どこまで教えるか(&amp;C)</translation>
    </message>
    <message>
        <source>When &amp;it speaks</source>
        <translation>いつ話すか(&amp;I)</translation>
    </message>
    <message>
        <source>A&amp;nswer</source>
        <translation>回答(&amp;N)</translation>
    </message>
    <message>
        <source>Practice &amp;game</source>
        <translation>練習ゲーム(&amp;G)</translation>
    </message>
</context>
<context>
    <name>TryAgain</name>
    <message>
        <source>Try again</source>
        <translation>やり直す</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Welcome to the coach</source>
        <translation>コーチへようこそ</translation>
    </message>
    <message>
        <source>Welcome!</source>
        <translation>ようこそ！</translation>
    </message>
    <message>
        <source>The coach watches your game and suggests the next move in an overlay.</source>
        <translation>コーチはゲームの画面を見て、次の手をオーバーレイで助言します。</translation>
    </message>
    <message>
        <source>Press {key} at any time to ask about what is on the screen.</source>
        <translation>{key} を押すと、いつでも今の画面について質問できます。</translation>
    </message>
    <message>
        <source>Pictures of your screen, advice and history stay on this computer. Online translation, a server of your choice and model downloads are used only if you allow them.</source>
        <translation>画面の画像、助言、履歴はこのコンピューターの外に出ません。オンライン翻訳、サーバーへの質問、モデルのダウンロードは、設定で許可したときだけ行います。</translation>
    </message>
    <message>
        <source>The bundled coach knows only its practice games, which are a good place to start. For your own game, choose a larger model.</source>
        <translation>付属のコーチが知っているのは練習ゲームだけです。まずはお試しください。ほかのゲームには、もっと大きいモデルを選んでください。</translation>
    </message>
    <message>
        <source>&amp;Practice game now</source>
        <translation>練習ゲームで試す(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Choose a model</source>
        <translation>モデルを選ぶ(&amp;C)</translation>
    </message>
</context>
<context>
    <name>WhatIfWindow</name>
    <message>
        <source>What if</source>
        <translation>もしも</translation>
    </message>
    <message>
        <source>As it was: {move}</source>
        <translation>実際の手：{move}</translation>
    </message>
    <message>
        <source>Instead: {move}</source>
        <translation>代わりに：{move}</translation>
    </message>
    <message>
        <source>Moves by the teacher after that: {count}</source>
        <translation>そのあとのお手本の手数：{count}</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>盤面</translation>
    </message>
    <message>
        <source>Reward {reward}</source>
        <translation>報酬 {reward}</translation>
    </message>
</context>
<context>
    <name>Windows</name>
    <message>
        <source>Games</source>
        <translation>ゲーム</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>プライバシー</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>The settings were saved in {0}.</source>
        <translation>設定を {0} に保存しました。</translation>
    </message>
    <message>
        <source>{0} entries were written to {1}.</source>
        <translation>{0}件を {1} に書き出しました。</translation>
    </message>
</context>
<context>
    <name>_Card</name>
    <message>
        <source>Get</source>
        <translation>入手</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使う</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>   ✓ in use</source>
        <translation>   ✓ 使用中</translation>
    </message>
    <message>
        <source>You have to accept its licence first.</source>
        <translation>先にライセンスへの同意が必要です。</translation>
    </message>
    <message>
        <source>Licence: {licence}.</source>
        <translation>ライセンス：{licence}。</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{total} のうち {done}</translation>
    </message>
    <message>
        <source>{speed} MB/s</source>
        <translation>{speed} MB/秒</translation>
    </message>
    <message>
        <source>checking {file}</source>
        <translation>{file} を確認中</translation>
    </message>
    <message>
        <source>converting…</source>
        <translation>変換中…</translation>
    </message>
    <message>
        <source>waiting for the hub…</source>
        <translation>ハブを待っています…</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>coarse detail</source>
        <translation>粗い画像</translation>
    </message>
    <message>
        <source>medium detail</source>
        <translation>中くらいの細かさの画像</translation>
    </message>
    <message>
        <source>full detail</source>
        <translation>細部まで見る画像</translation>
    </message>
    <message>
        <source>about {time} per answer</source>
        <translation>回答に約 {time}</translation>
    </message>
    <message>
        <source>△ {bits}: fits, but too slow for live play</source>
        <translation>△ {bits}：収まりますが、ゲーム中に使うには遅すぎます</translation>
    </message>
    <message>
        <source>{bits} bits: {size}</source>
        <translation>{bits} ビット：{size}</translation>
    </message>
    <message>
        <source>✗ {bits}, does not fit</source>
        <translation>✗ {bits}、収まりません</translation>
    </message>
    <message>
        <source>✓ {bits}, fits</source>
        <translation>✓ {bits}、収まります</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>残り {time}</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} 分</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 時間 {minutes} 分</translation>
    </message>
</context>
<context>
    <name>_EntryModel</name>
    <message>
        <source>When</source>
        <translation>日時</translation>
    </message>
    <message>
        <source>Game</source>
        <translation>ゲーム</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>質問</translation>
    </message>
    <message>
        <source>Advice</source>
        <translation>助言</translation>
    </message>
</context>
</TS>
